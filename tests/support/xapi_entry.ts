// What the Python tests call of the player's xAPI: one JSON line in, one JSON line out.

import { createInterface } from "node:readline";

import type { CourseData, QuestionData, Response } from "../../exporters/player/src/course";
import { coverage } from "../../exporters/player/src/media/tracker";
import type { Launch, Snapshot } from "../../exporters/player/src/runtime/runtime";
import { decode } from "../../exporters/player/src/session/codec";
import { Engine } from "../../exporters/player/src/session/engine";
import { Client } from "../../exporters/player/src/xapi/client";
import { Clock, uuid } from "../../exporters/player/src/xapi/clock";
import { type Content, StateDocument } from "../../exporters/player/src/xapi/documents";
import { correctResponses, definition, responseText } from "../../exporters/player/src/xapi/interactions";
import type { Launched } from "../../exporters/player/src/xapi/launch";
import { mergeStates } from "../../exporters/player/src/xapi/merge";
import { Patience } from "../../exporters/player/src/xapi/patience";
import { type Kept, Queue } from "../../exporters/player/src/xapi/queue";
import { Recorder } from "../../exporters/player/src/xapi/recorder";
import { Statements } from "../../exporters/player/src/xapi/statements";
import type { Statement } from "../../exporters/player/src/xapi/vocabulary";

const stored = new Map<string, string>();
const localStorage = {
  getItem: (key: string) => stored.get(key) ?? null,
  setItem: (key: string, value: string) => stored.set(key, value),
  removeItem: (key: string) => stored.delete(key),
};
Object.assign(globalThis, { window: Object.assign(globalThis, { localStorage }) });

const calls: Record<string, (...words: never[]) => unknown> = {
  correctResponses: (question: QuestionData) => correctResponses(question),
  response: (question: QuestionData, response: Response) => responseText(question, response),
  definition: (question: QuestionData) => definition(question, question.id, "zh-CN"),
  uuid: () => uuid(),
  stamps: (times: number[]) => stamps(times),
  wait: (tries: number, asked: number) => {
    const patience = new Patience(1000);
    return Array.from({ length: tries }, () => patience.next(asked));
  },
  coverage: (parts: [number, number][]) => coverage(parts),
  merge: (theirs: string, ours: string) => {
    const { entered, completed, questions, ...rest } = decode(mergeStates(theirs, ours, 64_000)).progress;
    return { ...rest, entered: [...entered].sort(), completed: [...completed].sort(), questions: Object.fromEntries(questions) };
  },
  state: (course: CourseData, doings: Doing[]) => study(course, doings).state,
  record: (course: CourseData, launched: Launched, before: Flags, doings: Doing[]) => record(course, launched, before, doings),
  queue: (script: Step[], bad: number[], forbidden: number[]) => deliver(script, new Set(bad), new Set(forbidden)),
  documents: (script: Write[], etags: Etags) => write(script, etags),
};

type Doing = readonly [call: "visit" | "answer" | "completeLesson" | "retake", ...words: unknown[]];
type Flags = { readonly completed: boolean; readonly passed: boolean; readonly failed: boolean };

/** A clock's stamps when the machine's clock shows these times. */
function stamps(times: number[]): string[] {
  const real = Date.now;
  try {
    Date.now = () => times[0] ?? 0;
    const clock = new Clock();
    return times.map((time) => {
      Date.now = () => time;
      return clock.stamp();
    });
  } finally {
    Date.now = real;
  }
}

/** What the engine saves after a learner did all this. */
function study(course: CourseData, doings: Doing[], state = "", follow: (snapshot: Snapshot) => void = () => undefined): Snapshot {
  const launch: Launch = { mode: "normal", resumed: false, learner: "", state, location: "", prior: { completed: false, passed: false, share: null } };
  let saved: Snapshot | null = null;
  const engine = new Engine(
    course,
    {
      kind: "local",
      start: () => Promise.resolve(launch),
      answered: () => undefined,
      save: (snapshot) => follow((saved = snapshot)),
      flush: () => Promise.resolve(true),
      finish: () => undefined,
      onTrouble: () => undefined,
      onReplaced: () => undefined,
    },
    null,
    launch,
  ) as unknown as Record<string, (...words: unknown[]) => unknown>;
  for (const [call, ...words] of doings) engine[call]?.(...words);
  if (saved === null) throw new Error("nothing saved");
  return saved;
}

/** The statements of one session in which a learner does all this, and what it leaves for the next. */
function record(course: CourseData, launched: Launched, before: Flags, doings: Doing[]): unknown {
  const clock = new Clock();
  const made: Statement[] = [];
  const recorder = new Recorder(launched, course, new Statements(launched, course, clock), clock, before, (...statements) => made.push(...statements));
  study(course, doings, "", (snapshot) => recorder.follow(snapshot));
  recorder.end();
  return { statements: made, told: recorder.told };
}

// The store's answer to one request: it took it, took it but the answer got lost, didn't get it, or is out of order.
type Step = "add" | "leave" | "reload" | "drain" | "pause" | "took" | "lost" | "away" | "broken";

/** A queue and a store that behaves as `script` says, then well. Statements are numbered in their order. */
async function deliver(script: Step[], bad: Set<number>, forbidden: Set<number>): Promise<unknown> {
  const arrived: number[] = [];
  const health: string[] = [];
  const answers = script.filter((step) => ["took", "lost", "away", "broken"].includes(step));
  let kept: Kept = { pending: [], refused: [] };
  let page = 0;
  let made = 0;
  let requests = 0;
  const numbers = (statements: readonly Statement[]): number[] => statements.map(({ id }) => Number(id));
  const take = async (statements: readonly Statement[], mine: number): Promise<{ status: number; wait: number }> => {
    requests += 1;
    const answer = answers.shift() ?? "took";
    await new Promise((done) => setTimeout(done, requests % 3));
    if (mine !== page && answer !== "took") return await new Promise(() => undefined); // the page that asked is gone
    if (answer === "away") return { status: 0, wait: 0 };
    if (answer === "broken") return { status: 503, wait: 0 };
    const found = numbers(statements);
    if (found.some((number) => bad.has(number))) return { status: 400, wait: 0 };
    if (found.some((number) => forbidden.has(number))) return { status: 403, wait: 0 };
    arrived.push(...found.filter((number) => !arrived.includes(number)));
    return { status: answer === "lost" ? 0 : 200, wait: 0 };
  };
  const open = (): Queue => {
    const mine = (page += 1);
    const queue = new Queue(
      {
        send: (statements) => take(statements, mine),
        keep: (now) => void (mine === page && (kept = now)),
        stored: () => undefined,
        health: (now) => health.push(now),
        essential: () => true,
      },
      new Patience(1),
      1,
    );
    queue.add(...kept.pending);
    return queue;
  };
  let queue = open();
  for (const step of script) {
    if (step === "add") queue.add({ id: String(made++) } as Statement);
    if (step === "leave" || step === "reload") queue.leave(60_000);
    if (step === "reload") queue = open();
    if (step === "drain") void queue.drain();
    if (step === "pause") await new Promise((done) => setTimeout(done, 2));
  }
  for (let tries = 0; tries < 200 && !(await queue.drain()); tries += 1) await new Promise((done) => setTimeout(done, 1));
  return { made, arrived, pending: numbers(kept.pending), refused: numbers(kept.refused), requests, health };
}

type Write = { readonly who: "ours" | "theirs"; readonly item: string };
// How the store makes ETags and shows them: as the standard says, its own way in every answer, its own way when read
// only, or never to a browser.
type Etags = "sha1" | "own" | "silent" | "hidden";

/** Two writers of one document that is a set of items; ours is a StateDocument, theirs writes as it likes. */
async function write(script: Write[], etags: Etags): Promise<unknown> {
  let held: string | null = null;
  let version = 0;
  let requests = 0;
  const { createHash } = await import("node:crypto");
  const tag = (): string => (etags === "own" || etags === "silent" ? `"v${version}"` : `"${createHash("sha1").update(held ?? "").digest("hex")}"`);
  globalThis.fetch = ((_address: string, init: RequestInit) => {
    requests += 1;
    const headers = init.headers as Record<string, string>;
    if (init.method === "GET") {
      return Promise.resolve(new Response(held, { status: held === null ? 404 : 200, headers: held === null || etags === "hidden" ? {} : { ETag: tag() } }));
    }
    const [match, none] = [headers["If-Match"], headers["If-None-Match"]];
    const holds = (match === undefined || (held !== null && match === tag())) && (none === undefined || held === null);
    if (!holds) return Promise.resolve(new Response(null, { status: 412 }));
    held = String(init.body);
    version += 1;
    return Promise.resolve(new Response(null, { status: 204, headers: etags === "own" ? { ETag: tag() } : {} }));
  }) as typeof fetch;
  type Items = Content & { readonly items: string[] };
  const union = (a: Items, b: Items): Items => ({ items: [...new Set([...a.items, ...b.items])].sort() });
  let ours: Items = { items: [] };
  const document = new StateDocument<Items>(
    {
      client: new Client("https://store.example/xapi", "Basic x"),
      query: {},
      rescueKey: "rescue",
      isOne: (value): value is Items => Array.isArray((value as Items).items),
      merge: union,
      replaced: (content) => (ours = content),
      health: () => undefined,
    },
    new Patience(1),
  );
  stored.clear();
  await document.read();
  for (const { who, item } of script) {
    if (who === "theirs") {
      held = JSON.stringify(union(held === null ? { items: [] } : (JSON.parse(held) as Items), { items: [item] }));
      version += 1;
      continue;
    }
    ours = union(ours, { items: [item] });
    document.want(ours);
    await document.write();
  }
  return { held: held === null ? [] : (JSON.parse(held) as Items).items, ours: ours.items, requests, rescued: stored.has("rescue") };
}

createInterface({ input: process.stdin }).on("line", (line) => {
  const [name, ...words] = JSON.parse(line) as [string, ...never[]];
  Promise.resolve()
    .then(() => calls[name]?.(...words))
    .then((result) => process.stdout.write(`${JSON.stringify({ result: result ?? null })}\n`))
    .catch((error: unknown) => process.stdout.write(`${JSON.stringify({ error: String((error as Error).stack) })}\n`));
});
