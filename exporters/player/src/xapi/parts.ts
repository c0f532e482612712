// What goes to the store by separate ways (statements and each State document) and is told to the learner as one.

import type { Trouble } from "../runtime/runtime";
import type { Health } from "./queue";

interface Part {
  nudge(): void;
}

export class Parts {
  private readonly parts = new Map<string, Part>();
  private readonly ills = new Map<string, Health>();

  constructor(private readonly tell: (trouble: Trouble) => void) {}

  join<P extends Part>(name: string, part: P): P {
    this.parts.set(name, part);
    return part;
  }

  /** A part had its answer. The store that takes one part's is there for the others as well: they try again at once. */
  feel(name: string, health: Health): void {
    this.ills.set(name, health);
    const all = [...this.ills.values()];
    this.tell(all.includes("refused") ? "not-recorded" : all.includes("waiting") ? "retrying" : "none");
    if (health !== "well") return;
    for (const [other, part] of this.parts) if (other !== name) part.nudge();
  }
}
