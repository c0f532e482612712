// A queue and a State document share a store that was away: one of them tries again, the other's next try is far off.

import { Client } from "../../../../exporters/player/src/xapi/client";
import { StateDocument } from "../../../../exporters/player/src/xapi/documents";
import { Parts } from "../../../../exporters/player/src/xapi/parts";
import { Patience } from "../../../../exporters/player/src/xapi/patience";
import { Queue } from "../../../../exporters/player/src/xapi/queue";
import type { Statement } from "../../../../exporters/player/src/xapi/vocabulary";

const stored = new Map<string, string>();
const localStorage = {
  getItem: (key: string) => stored.get(key) ?? null,
  setItem: (key: string, value: string) => stored.set(key, value),
  removeItem: (key: string) => stored.delete(key),
};
Object.assign(globalThis, { window: Object.assign(globalThis, { localStorage }) });

const FAR = 40_000; // milliseconds
const [first = "queue", asked = "0"] = process.argv.slice(2); // who tries, and the seconds that the store asks for
let away = false;
const arrived: string[] = [];
globalThis.fetch = ((address: string, init: RequestInit) => {
  if (away) return Promise.resolve(new Response(null, { status: 503, headers: { "Retry-After": asked } }));
  if (init.method === "GET") return Promise.resolve(new Response(null, { status: 404 }));
  arrived.push(address.includes("activities/state") ? "document" : "statements");
  return Promise.resolve(new Response(null, { status: 204 }));
}) as typeof fetch;

const told: string[] = [];
const parts = new Parts((trouble) => told.push(trouble));
const client = new Client("https://store.example/xapi", "Basic x");
const queue = parts.join(
  "statements",
  new Queue(
    {
      send: (statements) => client.ask("POST", "statements", { body: JSON.stringify(statements) }),
      keep: () => undefined,
      stored: () => undefined,
      health: (health) => parts.feel("statements", health),
      essential: () => true,
    },
    new Patience(FAR),
  ),
);
const document = parts.join(
  "state",
  new StateDocument<{ readonly n: number }>(
    {
      client,
      query: {},
      rescueKey: "rescue",
      isOne: (value): value is { readonly n: number } => typeof value === "object",
      merge: (_, ours) => ours,
      replaced: () => undefined,
      health: (health) => parts.feel("state", health),
    },
    new Patience(FAR),
  ),
);

async function main(): Promise<void> {
  await document.read();
  away = true;
  queue.add({ id: "1" } as Statement);
  document.want({ n: 1 });
  await Promise.all([queue.drain(), document.write()]);
  const before = told[told.length - 1];
  away = false;
  await (first === "queue" ? queue.drain() : document.write());
  const far = asked === "0" ? FAR / 4 : 200; // where the other must keep waiting, there is nothing to wait for
  for (let waited = 0; told[told.length - 1] !== "none" && waited < far; waited += 10) await new Promise((done) => setTimeout(done, 10));
  process.stdout.write(JSON.stringify({ before, after: told[told.length - 1], arrived }), () => process.exit());
}

void main();
