// Video and audio as they are played, in the terms of the xAPI video profile: played, paused, seeked, completed, and
// which parts of the clip were seen.

import { uuid } from "../xapi/clock";

export interface Watched {
  readonly verb: "played" | "paused" | "seeked" | "completed";
  readonly element: HTMLMediaElement;
  readonly session: string; // UUID of this clip's stay on the page
  readonly time: number; // seconds, as all of these
  readonly from: number; // where a jump began
  readonly segments: string; // as the profile writes them: `0[.]6.5[,]4.5[.]12`
  readonly progress: number; // 0 to 1: the share seen
  readonly spent: number; // milliseconds since it was first played
}

export const THRESHOLD = 0.95; // of the clip seen: completed
const QUIET = 500; // milliseconds without a further jump: dragging the slider is one

type Tell = (watched: Watched) => void;

/** Follows every clip that is ever played in this document. Answers how to end it: what plays is told as paused. */
export function followMedia(tell: Tell): () => void {
  const clips = new Map<HTMLMediaElement, Clip>();
  // Media events don't bubble, but can be caught on their way down.
  document.addEventListener(
    "play",
    ({ target }) => {
      if (target instanceof HTMLMediaElement && !clips.has(target)) clips.set(target, new Clip(target, tell));
    },
    true,
  );
  return () => clips.forEach((clip) => clip.pause());
}

/** The learner wants no sound: clips begin muted. Their own button turns the sound on. */
export function muteMedia(): void {
  const muted = new WeakSet<HTMLMediaElement>();
  const mute = (clip: EventTarget | null): void => {
    if (!(clip instanceof HTMLMediaElement) || muted.has(clip)) return;
    muted.add(clip);
    clip.muted = true;
  };
  document.querySelectorAll<HTMLMediaElement>("video, audio").forEach(mute);
  for (const event of ["loadstart", "play"]) document.addEventListener(event, ({ target }) => mute(target), true);
}

class Clip {
  private readonly session = uuid();
  private readonly began = Date.now();
  private readonly seen: [number, number][] = [];
  private playingFrom: number | null = null;
  private position = 0; // the last one that was not a jump's
  private jumpFrom: number | null = null;
  private timer = 0;
  private completed = false;

  /** Made while the clip's first `play` is on its way down to it: the listener added here still hears it. */
  constructor(
    private readonly element: HTMLMediaElement,
    private readonly tell: Tell,
  ) {
    element.addEventListener("play", () => this.play());
    element.addEventListener("pause", () => this.pause());
    element.addEventListener("timeupdate", () => {
      if (!element.seeking) this.position = element.currentTime;
    });
    element.addEventListener("seeking", () => this.jump());
    element.addEventListener("seeked", () => this.land());
    element.addEventListener("ended", () => this.pause());
    this.position = element.currentTime;
  }

  pause(): void {
    this.tellJump();
    if (this.playingFrom === null) return;
    this.close(this.element.seeking ? this.position : this.element.currentTime);
    this.report("paused");
    if (this.completed || this.progress < THRESHOLD) return;
    this.completed = true;
    this.report("completed");
  }

  private play(): void {
    this.tellJump();
    this.playingFrom = this.element.currentTime;
    this.report("played");
  }

  private jump(): void {
    this.jumpFrom ??= this.position;
    if (this.playingFrom !== null) this.close(this.position);
  }

  private land(): void {
    this.position = this.element.currentTime;
    if (!this.element.paused) this.playingFrom = this.position;
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.tellJump(), QUIET);
  }

  private tellJump(): void {
    window.clearTimeout(this.timer);
    if (this.jumpFrom === null) return;
    const from = this.jumpFrom;
    this.jumpFrom = null;
    this.report("seeked", from);
  }

  private close(until: number): void {
    if (this.playingFrom !== null && until > this.playingFrom) this.seen.push([this.playingFrom, until]);
    this.playingFrom = null;
  }

  private get progress(): number {
    const { duration } = this.element;
    return duration > 0 && Number.isFinite(duration) ? Math.min(1, coverage(this.seen) / duration) : 0;
  }

  private report(verb: Watched["verb"], from = 0): void {
    this.tell({
      verb,
      element: this.element,
      session: this.session,
      time: thousandths(this.element.currentTime),
      from: thousandths(from),
      segments: this.seen.map((part) => part.map(thousandths).join("[.]")).join("[,]"),
      progress: thousandths(this.progress),
      spent: Date.now() - this.began,
    });
  }
}

/** Seconds covered by parts that may overlap. */
export function coverage(parts: readonly (readonly [number, number])[]): number {
  let [covered, end] = [0, 0];
  for (const [from, to] of [...parts].sort((a, b) => a[0] - b[0])) {
    covered += Math.max(0, to - Math.max(from, end));
    end = Math.max(end, to);
  }
  return covered;
}

export function thousandths(value: number): number {
  return Math.round(value * 1000) / 1000;
}
