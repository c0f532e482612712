// Says to a screen reader what a sighted reader sees change.

import { el } from "./dom";

let region: HTMLElement | null = null;

export function announce(text: string): void {
  if (!region) {
    region = el("div", { class: "visually-hidden", role: "status", "aria-live": "polite" });
    document.body.append(region);
  }
  const target = region;
  target.textContent = "";
  // A region that is filled in the same task as it is emptied stays silent where the words are the same.
  setTimeout(() => (target.textContent = text), 50);
}
