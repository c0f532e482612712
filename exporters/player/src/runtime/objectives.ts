// The learner's standing on each objective. An LMS may have seeded `cmi.objectives` from the manifest, or not:
// an objective is found by its identifier, else added.

import { identifier } from "./identifier";
import type { Lms } from "./lms";
import type { ObjectiveStatus } from "./runtime";
import type { Elements, Writer } from "./writer";

const MOST = 100; // to look through where the LMS doesn't count them

export class Objectives {
  private indexes: Map<string, number> | null = null;

  constructor(
    private readonly lms: Lms,
    private readonly writer: Writer,
  ) {}

  want(status: ObjectiveStatus, elements: Elements): void {
    if (status.completion === "not attempted") return;
    const id = identifier(status.id);
    this.indexes ??= this.find();
    const known = this.indexes.get(id);
    const index = known ?? Math.max(-1, ...this.indexes.values()) + 1;
    this.indexes.set(id, index);
    const record = `cmi.objectives.${index}.`;
    if (known === undefined) this.writer.want([[`${record}id`, id]]);
    this.writer.want(elements.map(([element, value]) => [record + element, value]));
  }

  private find(): Map<string, number> {
    const found = new Map<string, number>();
    const count = countIn(this.lms.get("cmi.objectives._count"));
    for (let index = 0; index < (count ?? MOST); index += 1) {
      const id = this.lms.get(`cmi.objectives.${index}.id`);
      if (id === "" && count === null) break;
      found.set(id === "" ? `${index}?` : id, index);
    }
    return found;
  }
}

/** A `_count`; null where the LMS leaves it empty or answers with something else. */
export function countIn(value: string): number | null {
  return /^\d{1,6}$/.test(value.trim()) ? Number(value) : null;
}
