// Statements on their way to the store: none lost, none twice, in the order in which they happened.
//
// A statement has its id and timestamp before it comes here, and is kept in the browser until the store has answered
// for it. Sending it again is therefore harmless: a store knows its id (xAPI 1.0.3, Part Three, 2.1.1: the same
// statement again changes nothing, another one under its id is answered with 409). Batches keep the order; the next one
// leaves when the last is answered. A store that takes a batch as a whole refuses it for a single bad statement: then
// they are sent one by one, and only the bad one stays behind.

import { type Answer, isDone, isPassing } from "./client";
import { Patience } from "./patience";
import type { Statement } from "./vocabulary";

export type Health = "well" | "waiting" | "refused"; // waiting: tries again; refused: the store won't take it from us

export interface Kept {
  readonly pending: readonly Statement[];
  readonly refused: readonly Statement[]; // forbidden now; an ended session may be why, so a later one tries again
}

export interface Wiring {
  send(statements: readonly Statement[], leaving: boolean): Promise<Pick<Answer, "status" | "wait">>;
  keep(kept: Kept): void;
  stored(statements: readonly Statement[]): void;
  health(health: Health): void;
  essential(statement: Statement): boolean; // never dropped, however long the store is away
}

const SOON = 300; // milliseconds: what happens in one moment goes in one request
const TOGETHER = { statements: 50, bytes: 200_000 };
const MOST = 1000; // statements kept; the oldest that aren't essential make room
const UNAUTHORIZED = 401;
const FORBIDDEN = 403;
const CONFLICT = 409;

export class Queue {
  private pending: Statement[] = [];
  private refused: Statement[] = [];
  private running: Promise<boolean> | null = null;
  private leaving: Promise<void> = Promise.resolve();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private waiting = false;
  private singly = 0; // so many of the next statements go one by one
  private dead = false;

  constructor(
    private readonly wiring: Wiring,
    private readonly patience = new Patience(),
    private readonly soon = SOON,
  ) {}

  get empty(): boolean {
    return this.pending.length === 0;
  }

  add(...statements: readonly Statement[]): void {
    this.pending.push(...statements);
    while (this.pending.length > MOST) {
      const least = this.pending.findIndex((statement) => !this.wiring.essential(statement));
      this.pending.splice(Math.max(0, least), 1);
    }
    this.keep();
    if (!this.waiting && !this.dead) this.schedule(this.soon);
  }

  /** Sends now. True when the store has everything; false when something has to wait, or the store won't have it. */
  async drain(): Promise<boolean> {
    clearTimeout(this.timer);
    this.waiting = false;
    this.running ??= this.run().finally(() => (this.running = null));
    return await this.running;
  }

  /** The store answers others again: no reason to wait longer, unless the server asked for it. */
  nudge(): void {
    if (!this.patience.ours) return;
    if (this.waiting) void this.drain();
    else this.patience.restore(); // what is under way may have been asked too early; then the wait is short
  }

  /**
   * The page is closing: everything pending in one request that outlives it, what is under way included, since that may
   * not arrive. What doesn't fit into `room` bytes stays in the browser. Answers the bytes used.
   */
  leave(room: number): number {
    const batch = beginning(this.pending, MOST, room);
    if (batch.length === 0 || this.dead) return 0;
    clearTimeout(this.timer);
    this.leaving = this.wiring.send(batch, true).then(({ status, wait }) => void this.settle(batch, status, wait));
    return bytes(batch);
  }

  private async run(): Promise<boolean> {
    await this.leaving;
    while (this.pending.length > 0 && !this.dead) {
      const batch = beginning(this.pending, this.singly > 0 ? 1 : TOGETHER.statements, TOGETHER.bytes);
      const { status, wait } = await this.wiring.send(batch, false);
      await this.leaving; // a request that outlives the page may have overtaken this one
      if (!this.settle(batch, status, wait)) return false;
    }
    return !this.dead;
  }

  /** What an answer means for a batch; true when there is no reason to wait. */
  private settle(batch: readonly Statement[], status: number, wait: number): boolean {
    const [first] = batch;
    if (isPassing(status)) {
      this.wiring.health("waiting");
      this.schedule(this.patience.next(wait));
      this.waiting = true;
      return false;
    }
    this.patience.restore();
    if (status === UNAUTHORIZED) {
      this.dead = true;
      this.wiring.health("refused");
      return false;
    }
    if (isDone(status) || (status === CONFLICT && batch.length === 1)) {
      this.remove(batch);
      this.wiring.stored(batch);
      this.wiring.health("well");
    } else if (batch.length > 1) {
      this.singly = batch.length;
      return true;
    } else if (first !== undefined) {
      this.refuse(first, status);
    }
    this.singly = Math.max(0, this.singly - batch.length);
    return true;
  }

  private refuse(statement: Statement, status: number): void {
    if (!this.pending.some(({ id }) => id === statement.id)) return; // it was sent twice, and this is the second answer
    this.remove([statement]);
    if (status !== FORBIDDEN) {
      console.warn(`the record store doesn't take this statement (${status})`, statement);
      return;
    }
    this.refused.push(statement);
    this.keep();
    this.wiring.health("refused");
  }

  private remove(batch: readonly Statement[]): void {
    const ids = new Set(batch.map(({ id }) => id));
    this.pending = this.pending.filter(({ id }) => !ids.has(id));
    this.keep();
  }

  private keep(): void {
    this.wiring.keep({ pending: this.pending, refused: this.refused });
  }

  private schedule(delay: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.drain(), delay);
  }
}

/** As many from the beginning as fit, and at least one where one can be sent at all. */
function beginning(statements: readonly Statement[], most: number, room: number): Statement[] {
  const taken: Statement[] = [];
  for (const statement of statements.slice(0, most)) {
    if (bytes([...taken, statement]) > room && (taken.length > 0 || room < TOGETHER.bytes)) break;
    taken.push(statement);
  }
  return taken;
}

export function bytes(value: unknown): number {
  return new TextEncoder().encode(JSON.stringify(value)).length;
}
