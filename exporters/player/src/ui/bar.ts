// The bar at the top: contents, progress, reading settings.

import type { App } from "./app";
import { drawerButton, meter } from "./drawer";
import { el, find } from "./dom";
import { settings } from "./settings";

export function mountBar(app: App): () => void {
  const bar = find(document, "header.bar");
  if (!bar) throw new Error("no bar");
  const progress = el("div", { class: "bar-progress" });
  bar.prepend(drawerButton(app));
  bar.append(el("div", { class: "tools" }, settings(app.say)), progress);
  return () => {
    const { completed, all } = app.session.overall().lessons;
    progress.replaceChildren(meter(completed, all, app.say.progressOf(completed, all)));
  };
}
