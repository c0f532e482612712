// What the LMS holds and what it should hold. Only differences are sent, in the order in which they were asked for.

import type { Lms } from "./lms";

export type Elements = readonly (readonly [element: string, value: string])[];

export class Writer {
  private readonly held = new Map<string, string>(); // as of the last successful call
  private readonly pending = new Map<string, string>();
  private readonly lacking = new Set<string>(); // collections that the LMS says it doesn't have
  private committed = true;

  constructor(private readonly lms: Lms) {}

  want(elements: Elements): void {
    for (const [element, value] of elements) {
      this.pending.delete(element);
      if (this.held.get(element) === value || this.lacking.has(collection(element))) continue;
      this.pending.set(element, value);
    }
  }

  get clean(): boolean {
    return this.pending.size === 0 && this.committed;
  }

  /** Sends what is pending, or some of it. True when nothing is left that is worth another try. */
  send(isWanted: (element: string) => boolean = () => true): boolean {
    const broken = new Set<string>(); // collections whose order would suffer if more were sent after a failure
    for (const [element, value] of [...this.pending]) {
      if (!isWanted(element) || !this.pending.has(element) || broken.has(collection(element))) continue;
      if (!this.set(element, value) && inCollection(element)) broken.add(collection(element));
    }
    return this.pending.size === 0;
  }

  commit(): boolean {
    this.committed ||= this.lms.commit();
    return this.committed;
  }

  /** False when it is worth another try. A value that is refused is not sent again, and stops no other. */
  private set(element: string, value: string): boolean {
    const written = this.lms.set(element, value);
    if (written === "failed") return false;
    this.pending.delete(element);
    this.held.set(element, value);
    if (written === "done") this.committed = false;
    else if (element.endsWith(".id")) this.giveUp(element);
    return true;
  }

  /** Without its identifier nothing else of an interaction or objective can be written. */
  private giveUp(element: string): void {
    if (this.lms.lacksElement) this.lacking.add(collection(element));
    const record = this.lms.lacksElement ? `${collection(element)}.` : element.slice(0, -"id".length);
    for (const other of [...this.pending.keys()]) {
      if (other.startsWith(record)) this.pending.delete(other);
    }
  }
}

export function inCollection(element: string): boolean {
  return collection(element) !== "";
}

/** `cmi.interactions` for `cmi.interactions.3.objectives.0.id`; empty for an element of its own. */
function collection(element: string): string {
  return /^(.+?)\.\d+\./.exec(element)?.[1] ?? "";
}
