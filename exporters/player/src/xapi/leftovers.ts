// Statements that an earlier page of the same learner, registration and unit left in the browser: it was closed before
// the store had answered for them.
//
// What becomes of them differs. Without cmi5 they are sent as they are, before anything new. A cmi5 session is over once
// its `terminated` arrived or another began, and its token with it: what belongs to it can't be sent any more. Either
// its last statement reached the store, and then everything before it did; or what the learner did is told in the new
// session, each statement under its own id, so that the store drops what it has after all (409). Statements about the
// unit as a whole follow anew from the learner's state, which the browser kept as well.

import { keysBeginning, forget, isObject, keep, recall } from "./keep";
import type { Kept } from "./queue";
import type { Statement } from "./vocabulary";

const PREFIX = "lingjun:statements:";

export interface Leftovers {
  readonly keys: readonly string[];
  readonly sessions: readonly Kept[]; // the earliest first
}

/** Where the queue of a session is kept. `owner` stands for learner, registration and unit. */
export function queueKey(owner: string, session: string): string {
  return `${PREFIX}${owner}:${session}`;
}

export function keepQueue(key: string, kept: Kept): void {
  if (kept.pending.length + kept.refused.length === 0) forget(key);
  else keep(key, kept);
}

export function recallQueue(key: string): Kept {
  return recall(key, isKept) ?? { pending: [], refused: [] };
}

/** Those of all sessions but `own`. */
export function findLeftovers(owner: string, own: string): Leftovers {
  const keys = keysBeginning(queueKey(owner, "")).filter((key) => key !== own);
  const sessions = keys.map(recallQueue).filter(({ pending, refused }) => pending.length + refused.length > 0);
  return { keys, sessions: sessions.sort((a, b) => (firstOf(a) < firstOf(b) ? -1 : 1)) };
}

export function dropLeftovers({ keys }: Leftovers): void {
  keys.forEach(forget);
}

function firstOf({ pending, refused }: Kept): string {
  return [...refused, ...pending][0]?.timestamp ?? "";
}

function isKept(value: unknown): value is Kept {
  return isObject(value) && isStatements(value["pending"]) && isStatements(value["refused"]);
}

function isStatements(value: unknown): value is readonly Statement[] {
  return Array.isArray(value) && value.every((each) => isObject(each) && typeof each["id"] === "string");
}
