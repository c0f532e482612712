// The contents: every lesson with how far it is, and the sections of the lesson at hand.

import type { LessonData, ModuleData } from "../course";
import type { App } from "./app";
import { all, button, el, find, hidden, icon, type Child } from "./dom";

export type State = "locked" | "completed" | "started" | "notStarted";

export function stateOf(app: App, lesson: LessonData): State {
  const { open, completion } = app.session.lesson(lesson.id);
  if (!open) return "locked";
  if (completion === "completed") return "completed";
  return completion === "incomplete" ? "started" : "notStarted";
}

// The sign of a state, with its word for those who don't see it.
export function stateMark(app: App, state: State): HTMLElement {
  return el("span", { class: `state state-${state}` }, icon(state), hidden(app.say[state]));
}

export function drawerButton(app: App): HTMLElement {
  const dialog = el("dialog", { class: "drawer", "aria-labelledby": "drawer-title" });
  document.body.append(dialog);
  dialog.addEventListener("click", (event) => {
    // A click on the dialog itself is one on its backdrop: everything inside is covered by children.
    if (event.target === dialog || (event.target as Element).closest("a")) close(dialog);
  });
  const opener = button("", () => open(app, dialog), { class: "tool tool-contents", "aria-haspopup": "dialog" });
  opener.append(icon("contents"), el("span", {}, app.say.contents));
  return opener;
}

function open(app: App, dialog: HTMLDialogElement): void {
  const title = el("h2", { id: "drawer-title" }, app.say.contents);
  const leave = button("", () => close(dialog), { class: "tool", "aria-label": app.say.close });
  leave.append(icon("close"));
  dialog.replaceChildren(el("div", { class: "drawer-inner" }, el("div", { class: "drawer-head" }, title, leave), ...body(app)));
  if (typeof dialog.showModal === "function") dialog.showModal();
  else dialog.setAttribute("open", ""); // browsers before 2022: not modal, still usable
  (find(dialog, '[aria-current="page"]') ?? leave).focus();
  find(dialog, '[aria-current="page"]')?.scrollIntoView({ block: "center" });
}

function close(dialog: HTMLDialogElement): void {
  if (typeof dialog.close === "function") dialog.close();
  else dialog.removeAttribute("open");
}

function body(app: App): Child[] {
  if (app.course.structure === "lessons") return [sections() ?? el("p", {}, app.course.title)];
  const { completed, all: total } = app.session.overall().lessons;
  const modules = app.course.modules.map((module) => moduleList(app, module));
  return [
    el("p", { class: "drawer-course" }, el("a", { href: "index.html" }, app.course.title)),
    el("p", { class: "drawer-progress" }, meter(completed, total, app.say.progress), app.say.progressOf(completed, total)),
    el("nav", { "aria-labelledby": "drawer-title" }, ...modules),
    el("p", { class: "drawer-results" }, el("a", { href: "index.html#results" }, app.say.results)),
  ];
}

export function meter(value: number, max: number, label: string): HTMLElement {
  return el("progress", { value: String(value), max: String(Math.max(1, max)), "aria-label": label });
}

function moduleList(app: App, module: ModuleData): HTMLElement {
  const lessons = module.lessons.map((lesson) => {
    const here = find(document, "main")?.dataset["lesson"] === lesson.id;
    const link = el(
      "a",
      { href: lesson.page, "data-lesson": lesson.id, ...(here ? { "aria-current": "page" } : {}) },
      stateMark(app, stateOf(app, lesson)),
      el("span", {}, lesson.title),
    );
    return el("li", {}, link, here ? sections() : null);
  });
  return el("section", { class: "drawer-module" }, el("h3", {}, module.title), el("ol", {}, ...lessons));
}

// The headings of the lesson on the page.
function sections(): HTMLElement | null {
  const headings = all(document, "main .body > h2[id]");
  if (!headings.length) return null;
  const items = headings.map((heading) => {
    const copy = heading.cloneNode(true) as HTMLElement;
    for (const extra of all(copy, "a, sup, .visually-hidden")) extra.remove();
    return el("li", {}, el("a", { href: `#${encodeURIComponent(heading.id)}` }, (copy.textContent ?? heading.id).trim()));
  });
  return el("ol", { class: "drawer-sections" }, ...items);
}
