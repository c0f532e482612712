// What both versions of SCORM share: when to initialize, what to read, when to write, commit, retry and terminate.

import type { CourseData } from "../course";
import { findApi } from "./discover";
import { Troubles } from "./listeners";
import { type Calls, Lms } from "./lms";
import { createLocalRuntime } from "./local";
import { countIn, Objectives } from "./objectives";
import type { Answered, Launch, Mode, ObjectiveStatus, Prior, Runtime, Snapshot, Trouble } from "./runtime";
import { type Elements, Writer } from "./writer";

/** The names, vocabularies and formats of one version. */
export interface Dialect {
  readonly kind: "scorm12" | "scorm2004";
  readonly api: string;
  readonly calls: Calls;
  readonly names: Readonly<Record<"mode" | "entry" | "learner" | "state" | "location" | "exit" | "time", string>>;
  readonly exits: Readonly<Record<"suspend" | "normal", string>>;
  prior(get: (element: string) => string): Prior;
  results(snapshot: Snapshot): Elements; // score before status
  objective(status: ObjectiveStatus): Elements; // without `cmi.objectives.n.`
  interaction(answer: Answered): Elements; // without `cmi.interactions.n.`; empty: not recorded in this version
  timespan(milliseconds: number): string;
}

const RETRY = { first: 1000, most: 30_000 }; // milliseconds

export class ScormRuntime implements Runtime {
  readonly kind: "scorm12" | "scorm2004";
  private readonly troubles = new Troubles();
  private readonly began = performance.now(); // monotonic: a clock that is set meanwhile changes nothing
  private readonly queue: Answered[] = [];
  private lms: Lms | null = null;
  private writer: Writer | null = null; // null: nothing is recorded
  private objectives: Objectives | null = null;
  private local: Runtime | null = null;
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
    const state = get(names.state);
    const resumed = get(names.entry) === "resume" || state !== "";
    return { mode, resumed, learner: get(names.learner), state, location: get(names.location), prior: this.dialect.prior(get) };
  }

  answered(answer: Answered): void {
    if (this.writer !== null && !this.finished) this.queue.push(answer);
  }

  save(snapshot: Snapshot): void {
    this.local?.save(snapshot);
    if (this.writer === null || this.finished) return;
    const { names, exits, results } = this.dialect;
    this.writer.want([...results(snapshot), [names.location, snapshot.location], [names.state, snapshot.state]]);
    for (const status of snapshot.objectives) this.objectives?.want(status, this.dialect.objective(status));
    this.journal();
    this.writer.want([[names.exit, exits.suspend]]);
    this.schedule(0);
  }

  flush(): Promise<boolean> {
    return Promise.resolve(this.write());
  }

  finish(exit: "suspend" | "normal"): void {
    if (this.finished) return;
    this.finished = true;
    window.clearTimeout(this.timer);
    this.local?.finish(exit);
    if (this.writer !== null) {
      const { names, exits } = this.dialect;
      this.writer.want([[names.exit, exits[exit]], this.sessionTime()]);
      if (!this.writer.write()) this.writer.write(); // the last chance: one more try at once
    }
    this.lms?.terminate();
  }

  onTrouble(listener: (trouble: Trouble) => void): void {
    this.troubles.listen(listener);
  }

  onReplaced(listener: (state: string) => void): void {
    this.local?.onReplaced(listener);
  }

  /** One interaction for each answer. An LMS that doesn't count them gets the session's own count. */
  private journal(): void {
    for (const answer of this.queue.splice(0)) {
      const elements = this.dialect.interaction(answer);
      if (elements.length === 0) continue;
      this.next ??= countIn(this.lms?.get("cmi.interactions._count") ?? "") ?? answer.index;
      const record = `cmi.interactions.${this.next}.`;
      this.writer?.want(elements.map(([element, value]) => [record + element, value]));
      this.next += 1;
    }
  }

  private sessionTime(): readonly [string, string] {
    return [this.dialect.names.time, this.dialect.timespan(performance.now() - this.began)];
  }

  /** Soon, so that several changes of one moment become one commit and the page can show the answer first. */
  private schedule(delay: number): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.write(), delay);
  }

  private write(): boolean {
    window.clearTimeout(this.timer);
    if (this.writer === null || this.finished || this.writer.clean) return true;
    this.writer.want([this.sessionTime()]);
    const held = this.writer.write();
    this.troubles.tell(held ? "none" : "retrying");
    if (held) {
      this.delay = RETRY.first;
    } else {
      this.schedule(this.delay);
      this.delay = Math.min(2 * this.delay, RETRY.most);
    }
    return held;
  }
}

/** Some LMSs leave the mode empty, or know none: then it is normal. */
function modeOf(value: string): Mode {
  const word = value.trim().toLowerCase();
  return word === "browse" || word === "review" ? word : "normal";
}
