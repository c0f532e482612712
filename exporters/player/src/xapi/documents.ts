// One document of the State API (xAPI 1.0.3, Part Three, 2.3): read, written when it changed, and never over what
// someone else wrote meanwhile (3.1: ETags).

import { type Client, isDone, isPassing } from "./client";
import { forget, isObject, keep, parseJson, recall } from "./keep";
import { Patience } from "./patience";
import type { Health } from "./queue";

export type Content = Readonly<Record<string, unknown>>;

export interface Wiring<T extends Content> {
  readonly client: Client;
  readonly query: Readonly<Record<string, string>>; // activityId, agent, registration and stateId
  readonly rescueKey: string; // where the browser keeps what the store hasn't taken yet
  isOne(value: unknown): value is T;
  merge(theirs: T, ours: T): T;
  replaced(content: T): void; // someone else's was merged in
  health(health: Health): void;
}

const SOON = 1000; // milliseconds between writes, so that reading on doesn't write at every paragraph
const NOT_FOUND = 404;
const CHANGED = new Set([409, 412]);
const MOST_ROUNDS = 4; // of reading anew when someone else writes all the time

export class StateDocument<T extends Content> {
  private wanted: T | null = null;
  private held = ""; // the text that the store holds for certain
  private condition: Readonly<Record<string, string>> | null = null; // of the next write; null: read first
  private foreseeable = true; // the store's ETag is the SHA-1 that the standard asks for
  private shown = true; // the store lets browsers see ETags
  private running: Promise<boolean> | null = null;
  private leaving: Promise<void> = Promise.resolve();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private waiting = false; // for another try, not for more to write

  constructor(
    private readonly wiring: Wiring<T>,
    private readonly patience = new Patience(),
  ) {}

  /** What the store holds together with what it didn't take last time; null: nothing. Undefined: it doesn't answer. */
  async read(): Promise<T | null | undefined> {
    const theirs = await this.fetch();
    const rescued = recall(this.wiring.rescueKey, (value): value is T => this.wiring.isOne(value));
    if (theirs === undefined || rescued === null) return theirs;
    this.wanted = theirs === null ? rescued : this.wiring.merge(theirs, rescued);
    return this.wanted;
  }

  want(content: T): void {
    this.wanted = content;
    if (this.settled) {
      forget(this.wiring.rescueKey);
      return;
    }
    keep(this.wiring.rescueKey, content);
    this.timer ??= setTimeout(() => void this.write(), SOON);
  }

  /** True when the store holds what is wanted. */
  async write(): Promise<boolean> {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.waiting = false;
    this.running ??= this.run().finally(() => (this.running = null));
    return await this.running;
  }

  /** The store answers others again: no reason to wait longer, unless the server asked for it. */
  nudge(): void {
    if (!this.patience.ours) return;
    if (this.waiting) void this.write();
    else this.patience.restore(); // what is under way may have been asked too early; then the wait is short
  }

  /** The page is closing: one request that outlives it, if it fits. Answers the bytes used. */
  leave(room: number): number {
    const body = JSON.stringify(this.wanted);
    if (this.settled || body.length > room / 3) return 0; // UTF-8 takes at most three bytes for a UTF-16 unit
    clearTimeout(this.timer);
    this.leaving = this.wiring.client
      .ask("PUT", "activities/state", { query: this.wiring.query, body, headers: this.condition ?? {}, keepalive: true })
      .then(async ({ status, etag }) => {
        if (isDone(status)) await this.took(body, etag);
      });
    return 3 * body.length;
  }

  private get settled(): boolean {
    return this.wanted === null || JSON.stringify(this.wanted) === this.held;
  }

  private async run(): Promise<boolean> {
    let changed = false;
    await this.leaving;
    for (let round = 0; round < MOST_ROUNDS && !this.settled; round += 1) {
      if (this.condition === null && !(await this.reread(changed))) return this.later(0, 0);
      const body = JSON.stringify(this.wanted);
      const { status, etag, wait } = await this.wiring.client.ask("PUT", "activities/state", {
        query: this.wiring.query,
        body,
        headers: this.condition ?? {},
      });
      await this.leaving;
      if (isDone(status)) await this.took(body, etag);
      else if (!CHANGED.has(status)) return this.later(status, wait);
      changed = CHANGED.has(status);
      if (changed) this.condition = null;
    }
    return this.settled || this.later(0, 0);
  }

  private async took(body: string, etag: string | null): Promise<void> {
    this.held = body;
    if (this.settled) forget(this.wiring.rescueKey);
    const known = etag ?? (this.foreseeable ? await foresee(body) : null);
    this.condition = known !== null ? { "If-Match": known } : this.shown ? null : {};
    this.patience.restore();
    this.wiring.health("well");
  }

  private later(status: number, wait: number): false {
    const passing = isPassing(status);
    this.wiring.health(passing ? "waiting" : "refused");
    if (!passing) return false;
    clearTimeout(this.timer); // of what was wanted meanwhile
    this.timer = setTimeout(() => void this.write(), this.patience.next(wait));
    this.waiting = true;
    return false;
  }

  /** Someone else wrote (`changed`), or the ETag isn't known: read, and merge what is new. */
  private async reread(changed: boolean): Promise<boolean> {
    const before = this.held;
    const theirs = await this.fetch();
    if (theirs === undefined) return false;
    if (changed && this.held === before) this.foreseeable = false; // nobody did: the ETag was not what we thought
    if (theirs === null || this.wanted === null || this.held === before) return true;
    const merged = this.wiring.merge(theirs, this.wanted);
    if (JSON.stringify(merged) !== JSON.stringify(this.wanted)) {
      this.wanted = merged;
      this.wiring.replaced(merged);
    }
    return true;
  }

  private async fetch(): Promise<T | null | undefined> {
    const { status, text, etag } = await this.wiring.client.ask("GET", "activities/state", { query: this.wiring.query });
    if (status === NOT_FOUND) {
      this.held = "";
      this.condition = { "If-None-Match": "*" };
      return null;
    }
    if (!isDone(status)) return undefined;
    const content = parseJson(text);
    this.held = text;
    this.shown = etag !== null;
    this.condition = etag === null ? {} : { "If-Match": etag };
    return isObject(content) && this.wiring.isOne(content) ? content : null;
  }
}

/** The ETag that the store gives to a text (3.1). Null where the browser has no SHA-1: without TLS. */
async function foresee(body: string): Promise<string | null> {
  const subtle = (crypto as Partial<Crypto>).subtle;
  if (subtle === undefined) return null;
  const sum = await subtle.digest("SHA-1", new TextEncoder().encode(body));
  return `"${Array.from(new Uint8Array(sum), (byte) => byte.toString(16).padStart(2, "0")).join("")}"`;
}
