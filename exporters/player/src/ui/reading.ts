// Where in the lesson the reader is, told to the session so that a later visit begins there.

import type { App } from "./app";
import { all } from "./dom";

const STILL = 1500; // milliseconds at one heading before it counts as being there

export function followReading(app: App, lesson: string, main: HTMLElement): void {
  const headings = all(main, ".body > h2[id], .body > h3[id], .question[id]");
  let timer = 0;
  let told = "";
  const look = (): void => {
    if (!main.isConnected) return removeEventListener("scroll", plan);
    // The last heading above the upper third of the window.
    const passed = headings.filter((heading) => heading.getBoundingClientRect().top < innerHeight / 3);
    const anchor = scrollY < 80 ? "" : (passed.pop()?.id ?? "");
    if (anchor !== told) app.session.visit(lesson, anchor);
    told = anchor;
  };
  const plan = (): void => {
    clearTimeout(timer);
    timer = window.setTimeout(look, STILL);
  };
  addEventListener("scroll", plan, { passive: true });
}
