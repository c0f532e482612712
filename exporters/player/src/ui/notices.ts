// Lines under the bar: where progress is kept, trouble with saving, where the reader was last.

import type { Trouble } from "../runtime/runtime";
import type { App } from "./app";
import { announce } from "./announce";
import { button, el, find, icon, type Child } from "./dom";

type Tone = "info" | "warning";

function region(app: App): HTMLElement {
  const found = find(document, ".notices");
  if (found) return found;
  const made = el("section", { class: "notices", "aria-label": app.say.notices });
  find(document, "header.bar")?.after(made);
  return made;
}

// Shows a notice in place of an earlier one with the same name.
export function notice(app: App, name: string, tone: Tone, ...content: readonly Child[]): void {
  removeNotice(name);
  const line = el("div", { class: `notice notice-${tone}`, "data-notice": name }, icon(tone), el("p", {}, ...content));
  line.append(button(app.say.dismiss, () => removeNotice(name), { class: "quiet" }));
  region(app).append(line);
}

export function removeNotice(name: string): void {
  find(document, `.notice[data-notice="${name}"]`)?.remove();
}

export function showTrouble(app: App, trouble: Trouble): void {
  const { say } = app;
  if (trouble === "none") {
    const troubled = find(document, '.notice[data-notice="trouble"].notice-warning');
    removeNotice("trouble");
    if (troubled) announce(say.saved);
    return;
  }
  notice(app, "trouble", trouble === "no-lms" ? "info" : "warning", say.trouble[trouble]);
  announce(say.trouble[trouble]);
}

export function showMode(app: App): void {
  const { mode } = app.session;
  if (mode === "review") notice(app, "mode", "info", app.say.reviewMode);
  if (mode === "browse") notice(app, "mode", "info", app.say.browseMode);
}
