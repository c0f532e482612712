// What both versions of SCORM share: when to initialize, what to read, when to write, commit, retry and terminate.

import type { CourseData } from "../course";
import { findApi } from "./discover";
import { Troubles } from "./listeners";
import { type Calls, Lms } from "./lms";
import { createLocalRuntime } from "./local";
import { countIn, Objectives } from "./objectives";
import { Rescue } from "./rescue";
import type { Answered, Launch, Mode, ObjectiveStatus, Prior, Runtime, Snapshot, Trouble } from "./runtime";
import { type Elements, inCollection, Writer } from "./writer";

/** The names, vocabularies and formats of one version. */
export interface Dialect {
  readonly kind: "scorm12" | "scorm2004";
  readonly api: string;
  readonly calls: Calls;
  readonly names: Readonly<Record<"mode" | "entry" | "learner" | "learnerId" | "state" | "location" | "exit" | "time", string>>;
  prior(get: (element: string) => string): Prior;
  results(snapshot: Snapshot): Elements; // score before status
  objective(status: ObjectiveStatus): Elements; // without `cmi.objectives.n.`
  interaction(answer: Answered): Elements; // without `cmi.interactions.n.`; empty: not recorded in this version
  timespan(milliseconds: number): string;
  readonly navigation: { readonly allowed: string; readonly request: string } | null; // 1.2 has none
}

const RETRY = { first: 1000, most: 30_000 }; // milliseconds
const SUSPEND = "suspend"; // always: after any other exit an LMS may start the next visit without the state (RTE 4.2.8)
const SLOW = 100; // milliseconds after which what counts most is committed by itself

export class ScormRuntime implements Runtime {
  readonly kind: "scorm12" | "scorm2004";
  private readonly troubles = new Troubles();
  private readonly began = performance.now(); // monotonic: a clock that is set meanwhile changes nothing
  private readonly queue: Answered[] = [];
  private lms: Lms | null = null;
  private writer: Writer | null = null; // null: nothing is recorded
  private objectives: Objectives | null = null;
  private local: Runtime | null = null;
  private rescue: Rescue | null = null;
  private base = ""; // the state that the LMS holds for certain
  private latest: Snapshot | null = null;
  private next: number | null = null; // index of the next interaction
  private timer = 0;
  private delay = RETRY.first;
  private finished = false;

  constructor(
    private readonly dialect: Dialect,
    private readonly course: CourseData,
    private readonly lesson: string | null,
  ) {
    this.kind = dialect.kind;
  }

  async start(): Promise<Launch> {
    const { api, calls, names } = this.dialect;
    const found = findApi(api, calls.initialize, window);
    const lms = found === null ? null : new Lms(found, calls);
    if (lms === null || !lms.initialize()) {
      this.local = createLocalRuntime(this.course, this.lesson);
      this.local.onTrouble((trouble) => this.troubles.tell(trouble));
      return this.local.start();
    }
    this.lms = lms;
    const get = (element: string): string => lms.get(element);
    const mode = modeOf(get(names.mode));
    if (mode === "normal") {
      this.writer = new Writer(lms);
      this.objectives = new Objectives(lms, this.writer);
    }
    this.base = get(names.state);
    if (mode === "normal") this.rescue = Rescue.for(this.course.id, this.lesson, get(names.learnerId));
    const { state, location } = this.rescue?.find(this.base) ?? { state: this.base, location: get(names.location) };
    const resumed = get(names.entry) === "resume" || state !== "";
    return { mode, resumed, learner: get(names.learner), state, location, prior: this.dialect.prior(get) };
  }

  answered(answer: Answered): void {
    if (this.writer !== null && !this.finished) this.queue.push(answer);
  }

  save(snapshot: Snapshot): void {
    this.local?.save(snapshot);
    if (this.writer === null || this.finished) return;
    this.latest = snapshot;
    this.schedule(0);
  }

  flush(): Promise<boolean> {
    return Promise.resolve(this.finished || this.write());
  }

  finish(): void {
    if (this.finished) return;
    this.finished = true;
    this.local?.finish();
    const held = this.write() || this.write(); // the last chance: one more try at once
    const ended = this.lms?.terminate() ?? false;
    if (held && !ended) this.keepSafe(false);
  }

  /** Asks the LMS for another lesson where each is a SCO: false where it can't or won't, and nothing has happened. */
  navigate(lesson: string): boolean {
    const { navigation } = this.dialect;
    const page = this.course.modules.flatMap((module) => module.lessons).find(({ id }) => id === lesson)?.page;
    if (navigation === null || this.lms === null || this.finished || page === undefined) return false;
    const target = `{target=lesson-${page.replace(/\.html$/, "")}}`; // the item's identifier in the manifest
    if (this.lms.get(`${navigation.allowed}${target}`) !== "true") return false;
    if (this.lms.set(navigation.request, `${target}choice`) !== "done") return false;
    this.finish();
    return true;
  }

  onTrouble(listener: (trouble: Trouble) => void): void {
    this.troubles.listen(listener);
  }

  onReplaced(listener: (state: string) => void): void {
    this.local?.onReplaced(listener);
  }

  /** True when the LMS has everything that it will take. What counts most goes first: a tab that closes has half a second. */
  private write(): boolean {
    window.clearTimeout(this.timer);
    const { writer, latest } = this;
    if (writer === null || latest === null) return true;
    const { names, results } = this.dialect;
    const started = performance.now();
    writer.want([...results(latest), [names.location, latest.location], [names.state, latest.state]]);
    writer.send((element) => !inCollection(element));
    if (performance.now() - started > SLOW) writer.commit();
    for (const status of latest.objectives) this.objectives?.want(status, this.dialect.objective(status));
    this.journal(writer);
    writer.want([[names.exit, SUSPEND]]);
    if (!writer.clean || this.finished) writer.want([[names.time, this.dialect.timespan(performance.now() - this.began)]]);
    const sent = writer.send();
    const held = writer.commit() && sent;
    this.keepSafe(held);
    if (!this.finished) this.tell(held);
    return held;
  }

  private tell(held: boolean): void {
    this.troubles.tell(held ? "none" : "retrying");
    if (held) this.delay = RETRY.first;
    else this.schedule(this.delay);
  }

  /** One interaction for each answer. An LMS that doesn't count them gets the session's own count. */
  private journal(writer: Writer): void {
    for (const answer of this.queue.splice(0)) {
      const elements = this.dialect.interaction(answer);
      if (elements.length === 0) continue;
      this.next ??= countIn(this.lms?.get("cmi.interactions._count") ?? "") ?? answer.index;
      const record = `cmi.interactions.${this.next}.`;
      writer.want(elements.map(([element, value]) => [record + element, value]));
      this.next += 1;
    }
  }

  private keepSafe(held: boolean): void {
    if (this.latest === null) return;
    const { state, location } = this.latest;
    if (held) {
      this.base = state;
      this.rescue?.clear();
    } else {
      this.rescue?.keep({ base: this.base, state, location });
    }
  }

  /** Soon, so that several changes of one moment become one commit and the page can show the answer first. */
  private schedule(delay: number): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => {
      if (delay > 0) this.delay = Math.min(2 * delay, RETRY.most);
      this.write();
    }, delay);
  }
}

/** Some LMSs leave the mode empty, or know none: then it is normal. */
function modeOf(value: string): Mode {
  const word = value.trim().toLowerCase();
  return word === "browse" || word === "review" ? word : "normal";
}
