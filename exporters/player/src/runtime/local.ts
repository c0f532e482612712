// The browser alone: plain web pages, and packages that find no LMS. Progress stays in local storage, or where that
// is absent, forbidden or full, in memory.

import type { CourseData } from "../course";
import { Troubles } from "./listeners";
import type { Launch, Runtime, Snapshot, Trouble } from "./runtime";
import { withStorage } from "./storage";

interface Saved {
  readonly state: string;
  readonly location: string;
}

export function createLocalRuntime(course: CourseData, lesson: string | null = null): Runtime {
  return new LocalRuntime(course.structure !== "pages", ["lingjun", course.id, course.structure, ...(lesson === null ? [] : [lesson])].join(":"));
}

class LocalRuntime implements Runtime {
  readonly kind = "local";
  private readonly troubles = new Troubles();
  private written = "";
  private finished = false;

  constructor(private readonly isPackage: boolean, private readonly key: string) {}

  start(): Promise<Launch> {
    if (this.isPackage) this.troubles.tell("no-lms");
    const { state, location } = this.read();
    const prior = { completed: false, passed: false, share: null };
    return Promise.resolve({ mode: "normal", resumed: state !== "", learner: "", state, location, prior });
  }

  answered(): void {
    // Nobody here reads interactions.
  }

  save({ state, location }: Snapshot): void {
    const text = JSON.stringify({ state, location } satisfies Saved);
    if (text === this.written || this.finished) return;
    this.written = text;
    if (withStorage((storage) => storage.setItem(this.key, text)) === null) this.troubles.tell("not-kept");
  }

  flush(): Promise<boolean> {
    return Promise.resolve(true);
  }

  finish(): void {
    this.finished = true;
  }

  onTrouble(listener: (trouble: Trouble) => void): void {
    this.troubles.listen(listener);
  }

  onReplaced(listener: (state: string) => void): void {
    window.addEventListener("storage", (event) => {
      if (event.key !== this.key || event.newValue === null) return;
      this.written = event.newValue;
      listener(parse(event.newValue).state);
    });
  }

  private read(): Saved {
    const found = withStorage((storage) => ({ text: storage.getItem(this.key) ?? "" }));
    if (found === null) this.troubles.tell("not-kept");
    return parse(found?.text ?? "");
  }
}

function parse(text: string): Saved {
  const found = /^\{"state":"([^"\\]*)","location":"([^"\\]*)"\}$/.exec(text);
  return { state: found?.[1] ?? "", location: found?.[2] ?? "" };
}
