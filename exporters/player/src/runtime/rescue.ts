// What an LMS didn't take before the page was closed: kept in the browser, and brought to the next launch of the same
// learner, as long as the LMS still holds the state from which it went on.

import { identifier } from "./identifier";
import { withStorage } from "./storage";

interface Rescued {
  readonly base: string; // the state that the LMS held for certain
  readonly state: string;
  readonly location: string;
}

export class Rescue {
  private kept = false;

  constructor(private readonly key: string) {}

  static for(course: string, lesson: string | null, learnerId: string): Rescue | null {
    return learnerId === "" ? null : new Rescue(["lingjun", "rescue", course, lesson ?? "", identifier(learnerId)].join(":"));
  }

  keep(rescued: Rescued): void {
    this.kept = true;
    withStorage((storage) => storage.setItem(this.key, JSON.stringify(rescued)));
  }

  clear(): void {
    if (this.kept) withStorage((storage) => storage.removeItem(this.key));
    this.kept = false;
  }

  /** What was kept, if it continues `base`. */
  find(base: string): { readonly state: string; readonly location: string } | null {
    const text = withStorage((storage) => storage.getItem(this.key));
    const rescued = text === null ? null : read(text);
    this.kept = rescued !== null;
    return rescued?.base === base ? rescued : null;
  }
}

function read(text: string): Rescued | null {
  try {
    const { base, state, location } = JSON.parse(text) as Partial<Record<string, unknown>>;
    return typeof base === "string" && typeof state === "string" && typeof location === "string" ? { base, state, location } : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
