// The player's side of a store: cmi5 and xAPI without it. Everything here begins after the launch is known.

import type { CourseData } from "../course";
import { followMedia, muteMedia } from "../media/tracker";
import { identifier } from "../runtime/identifier";
import { Troubles } from "../runtime/listeners";
import type { Answered, Launch, Runtime, Snapshot, Trouble } from "../runtime/runtime";
import { Client } from "./client";
import { Clock } from "./clock";
import { StateDocument } from "./documents";
import { hasStatement, wasTold } from "./history";
import { isObject } from "./keep";
import { keepTab, type Launched, type Tab } from "./launch";
import { dropLeftovers, findLeftovers, keepQueue, type Leftovers, queueKey, recallQueue } from "./leftovers";
import { mergeStates } from "./merge";
import { Parts } from "./parts";
import { Queue } from "./queue";
import { Recorder } from "./recorder";
import { onReload } from "./reload";
import { Statements } from "./statements";
import { EXTENSIONS, type Statement, type VerbName, VERBS } from "./vocabulary";
import { watchedStatement } from "./watched";

type SavedState = { readonly state: string; readonly completed: boolean; readonly passed: boolean; readonly failed: boolean };
type SavedPlace = { readonly location: string };

const ROOM = 60_000; // bytes: what a closing page may send, less than the 64 KiB of the Fetch standard (4.6, keepalive)
const OF_THE_UNIT: readonly VerbName[] = ["initialized", "completed", "passed", "failed", "terminated"];

export class XapiRuntime implements Runtime {
  readonly kind: "cmi5" | "xapi";
  readonly exitUrl?: string;
  private readonly troubles = new Troubles();
  private readonly parts = new Parts((trouble) => this.troubles.tell(trouble));
  private readonly client: Client;
  private readonly clock: Clock;
  private readonly statements: Statements;
  private readonly queue: Queue;
  private readonly state: StateDocument<SavedState>;
  private readonly place: StateDocument<SavedPlace>;
  private readonly owner: string;
  private readonly key: string;
  private readonly secondChance = new Set<string>();
  private readonly replacedListeners: ((state: string) => void)[] = [];
  private readonly told = { completed: false, passed: false }; // as far as the store has answered for it
  private record: Recorder | null = null;
  private latest: Snapshot | null = null;
  private tab: Tab;
  private endMedia = (): void => undefined;
  private continues = false; // the page is being loaded again: the session goes on
  private finished = false;

  constructor(
    private readonly course: CourseData,
    private readonly launched: Launched,
  ) {
    const { activityId, registration, actor, template } = launched;
    this.kind = launched.standard;
    this.tab = launched.tab;
    if (launched.returnUrl !== null) this.exitUrl = launched.returnUrl;
    this.client = new Client(launched.endpoint, launched.authorization);
    this.clock = new Clock(this.tab.began);
    this.statements = new Statements(launched, course, this.clock);
    this.owner = identifier(JSON.stringify([launched.endpoint, activityId, registration, actor["account"] ?? actor["mbox"] ?? actor]));
    this.key = queueKey(this.owner, identifier(String(template.extensions?.[EXTENSIONS.sessionId] ?? this.tab.began)));
    this.queue = this.parts.join("statements", this.newQueue());
    this.state = this.parts.join("state", this.document("state", isState, (theirs, ours) => this.mergeStates(theirs, ours)));
    this.place = this.parts.join("location", this.document("location", isPlace, (_, ours) => ours));
  }

  async start(): Promise<Launch> {
    const { launched } = this;
    const [state, place, completed, passed] = await Promise.all([
      this.state.read(),
      this.place.read(),
      wasTold(this.client, launched, "completed"),
      wasTold(this.client, launched, "passed"),
    ]);
    const said = (verb: "completed" | "passed"): boolean => this.tab.verbs.includes(verb);
    this.told.completed = completed || (state?.completed ?? false);
    this.told.passed = passed || (state?.passed ?? false);
    const failed = (state?.failed ?? false) || this.tab.verbs.includes("failed");
    const before = { completed: this.told.completed || said("completed"), passed: this.told.passed || said("passed"), failed };
    await this.begin(state?.state !== undefined && state.state !== "", before);
    if (launched.silent) muteMedia();
    onReload((reloading) => (this.continues = reloading));
    const learner = launched.actor["name"];
    return {
      mode: launched.mode,
      resumed: (state?.state ?? "") !== "" || before.completed || before.passed,
      learner: typeof learner === "string" ? learner : "",
      state: state?.state ?? "",
      location: place?.location ?? "",
      prior: { completed: before.completed, passed: before.passed, share: null },
    };
  }

  answered(answer: Answered): void {
    if (!this.finished && this.launched.mode === "normal") this.record?.answered(answer);
  }

  save(snapshot: Snapshot): void {
    if (this.finished || this.launched.mode !== "normal") return;
    this.latest = snapshot;
    this.record?.follow(snapshot);
    this.keepState();
    this.place.want({ location: snapshot.location });
  }

  async flush(): Promise<boolean> {
    const done = await Promise.all([this.queue.drain(), this.state.write(), this.place.write()]);
    return done.every(Boolean);
  }

  finish(): void {
    if (this.finished) return;
    this.endMedia();
    if (!this.continues) {
      this.finished = true;
      this.record?.end();
      this.keepState();
      this.note({ over: true });
    }
    const used = this.queue.leave(ROOM);
    const more = this.state.leave(ROOM - used);
    this.place.leave(ROOM - used - more);
  }

  onTrouble(listener: (trouble: Trouble) => void): void {
    this.troubles.listen(listener);
  }

  onReplaced(listener: (state: string) => void): void {
    this.replacedListeners.push(listener);
  }

  /** `initialized` once a session and before all else; then what earlier sessions couldn't tell. */
  private async begin(resumed: boolean, before: { completed: boolean; passed: boolean; failed: boolean }): Promise<void> {
    const { launched, statements } = this;
    const normal = launched.mode === "normal";
    const continued = recallQueue(this.key);
    const leftovers = findLeftovers(this.owner, this.key);
    const owed = normal ? await this.owed(leftovers) : [];
    const failed = before.failed && !owed.some(({ verb }) => verb.id === VERBS.failed.id);
    const record = new Recorder(launched, this.course, statements, this.clock, { ...before, failed }, (...made) => this.send(...made));
    this.record = record;
    this.queue.add(...continued.pending);
    if (launched.standard === "xapi") this.queue.add(...owed);
    const anew = !this.tab.verbs.includes("initialized");
    if (anew) this.send(statements.defined("initialized"));
    if (launched.standard === "cmi5") this.queue.add(...owed.flatMap((statement) => statements.retell(statement) ?? []));
    if (normal) dropLeftovers(leftovers);
    if (normal && anew && resumed) this.send(statements.make("resumed", statements.unit));
    if (normal) this.endMedia = followMedia((watched) => this.send(watchedStatement(watched, statements, this.course)));
  }

  /** What earlier sessions left and the store hasn't: nothing of a session whose `terminated` it has. */
  private async owed({ sessions }: Leftovers): Promise<Statement[]> {
    const owed: Statement[] = [];
    for (const { pending, refused } of sessions) {
      const last = pending[pending.length - 1];
      const ended = last?.verb.id === VERBS.terminated.id && (await hasStatement(this.client, last.id));
      refused.forEach(({ id }) => this.secondChance.add(id));
      owed.push(...refused, ...(ended ? [] : pending));
    }
    return owed;
  }

  private send(...made: readonly Statement[]): void {
    const names = made.filter(({ object }) => object.id === this.launched.activityId).map(({ verb }) => verb.id);
    const verbs = OF_THE_UNIT.filter((name) => names.includes(VERBS[name].id) && !this.tab.verbs.includes(name));
    if (verbs.length > 0) this.note({ verbs: [...this.tab.verbs, ...verbs] });
    this.queue.add(...made);
  }

  private note(change: Partial<Tab>): void {
    this.tab = { ...this.tab, ...change };
    keepTab(this.tab);
  }

  private keepState(): void {
    if (this.latest === null) return;
    this.state.want({ state: this.latest.state, ...this.told, failed: this.record?.told.failed ?? false });
  }

  /** The store has them: noted beside the state, for LMSs whose stores can't be asked. */
  private stored(statements: readonly Statement[]): void {
    const about = statements.filter(({ object }) => object.id === this.launched.activityId).map(({ verb }) => verb.id);
    for (const verb of ["completed", "passed"] as const) {
      if (!about.includes(VERBS[verb].id) || this.told[verb]) continue;
      this.told[verb] = true;
      this.keepState();
    }
  }

  private newQueue(): Queue {
    const essential = new Set(OF_THE_UNIT.map((name) => VERBS[name].id));
    return new Queue({
      send: (statements, leaving) =>
        this.client.ask("POST", "statements", { body: JSON.stringify(statements), keepalive: leaving }),
      keep: ({ pending, refused }) =>
        keepQueue(this.key, { pending, refused: refused.filter(({ id }) => !this.secondChance.has(id)) }),
      stored: (statements) => this.stored(statements),
      health: (health) => this.parts.feel("statements", health),
      essential: ({ verb, object }) => essential.has(verb.id) && object.id === this.launched.activityId,
    });
  }

  private document<T extends Readonly<Record<string, unknown>>>(
    name: string,
    isOne: (value: unknown) => value is T,
    merge: (theirs: T, ours: T) => T,
  ): StateDocument<T> {
    const { activityId, actor, registration } = this.launched;
    const whose = { activityId, agent: JSON.stringify(actor), ...(registration === null ? {} : { registration }) };
    return new StateDocument<T>({
      client: this.client,
      query: { ...whose, stateId: `lingjun.${name}` },
      rescueKey: `lingjun:document:${this.owner}:${name}`,
      isOne,
      merge,
      replaced: (content) => {
        const { state } = content as Partial<SavedState>;
        if (state !== undefined) this.replacedListeners.forEach((listener) => listener(state));
      },
      health: (health) => this.parts.feel(name, health),
    });
  }

  private mergeStates(theirs: SavedState, ours: SavedState): SavedState {
    return {
      state: mergeStates(theirs.state, ours.state, this.course.stateLimit),
      completed: theirs.completed || ours.completed,
      passed: theirs.passed || ours.passed,
      failed: theirs.failed || ours.failed,
    };
  }
}

function isState(value: unknown): value is SavedState {
  if (!isObject(value)) return false;
  const { state, completed, passed, failed } = value;
  return typeof state === "string" && [completed, passed, failed].every((flag) => typeof flag === "boolean");
}

function isPlace(value: unknown): value is SavedPlace {
  return isObject(value) && typeof value["location"] === "string";
}
