// Text size, light or dark, print: a small panel under a button in the bar.

import { button, el, icon } from "./dom";
import { applyPreferences, keepPreferences, loadPreferences, type Preferences, type Theme } from "./preferences";
import type { Words } from "./words";

const THEMES: readonly Theme[] = ["system", "light", "dark"];

export function settings(say: Words): HTMLElement {
  const panel = el("div", { class: "panel", id: "reading-settings", role: "group", "aria-label": say.settings, hidden: true });
  panel.append(
    choices(say.textSize, "size", say.sizes, loadPreferences().size, (size) => change({ size })),
    choices(
      say.theme,
      "theme",
      THEMES.map((theme) => say.themes[theme]),
      THEMES.indexOf(loadPreferences().theme),
      (at) => change({ theme: THEMES[at] ?? "system" }),
    ),
    button(say.print, () => window.print(), { class: "quiet" }),
  );
  const opener = button("", () => show(panel.hidden !== false), {
    class: "tool",
    "aria-expanded": "false",
    "aria-controls": panel.id,
    "aria-label": say.settings,
    title: say.settings,
  });
  opener.append(icon("settings"));
  const show = (open: boolean): void => {
    panel.hidden = !open;
    opener.setAttribute("aria-expanded", String(open));
    if (open) panel.querySelector<HTMLInputElement>("input:checked")?.focus();
  };
  const wrapper = el("div", { class: "settings" }, opener, panel);
  wrapper.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || panel.hidden) return;
    show(false);
    opener.focus();
  });
  document.addEventListener("click", (event) => {
    if (!wrapper.contains(event.target as Node)) show(false);
  });
  wrapper.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !wrapper.contains(event.relatedTarget as Node)) show(false);
  });
  return wrapper;
}

function change(part: Partial<Preferences>): void {
  const preferences = { ...loadPreferences(), ...part };
  keepPreferences(preferences);
  applyPreferences(preferences);
  document.dispatchEvent(new Event("lingjun-appearance"));
}

function choices(
  title: string,
  name: string,
  labels: readonly string[],
  chosen: number,
  choose: (at: number) => void,
): HTMLElement {
  const options = labels.map((label, at) => {
    const input = el("input", { type: "radio", name: `reading-${name}`, value: String(at) });
    input.checked = at === chosen;
    input.addEventListener("change", () => choose(at));
    return el("label", {}, input, el("span", {}, label));
  });
  return el("fieldset", { class: `choices choices-${name}` }, el("legend", {}, title), ...options);
}
