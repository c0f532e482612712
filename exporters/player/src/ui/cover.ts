// The index page: where to start or go on, progress, score, and the review of all answers.

import { lessonById, type App } from "./app";
import { all, el, find } from "./dom";
import { meter, stateMark, stateOf } from "./drawer";
import { courseResult, review } from "./results";

export function mountCover(app: App, main: HTMLElement): void {
  const start = find<HTMLAnchorElement>(main, "#start");
  const results = el("section", { class: "results", id: "results", "aria-labelledby": "results-title", hidden: true });
  find(main, "article")?.append(results);
  app.onChange(() => {
    if (start) showStart(app, start);
    showProgress(app, main);
    showStates(app, main);
    showResults(app, results);
  });
}

function showStart(app: App, start: HTMLAnchorElement): void {
  const page = app.session.startPage;
  const lesson = app.lessons.find((each) => each.page === page.split("#")[0]);
  if (!begun(app) || !lesson) return;
  start.href = page;
  start.dataset["lesson"] = lesson.id;
  start.textContent = app.say.resume;
  const before = find(document, ".last-at");
  before?.remove();
  const words = app.say.welcome(app.session.learner) + app.say.lastAt(lesson.title);
  start.parentElement?.before(el("p", { class: "last-at" }, words));
}

function begun(app: App): boolean {
  return app.session.resumed && app.lessons.some((lesson) => app.session.lesson(lesson.id).completion !== "not attempted");
}

function showProgress(app: App, main: HTMLElement): void {
  const { completed, all: total } = app.session.overall().lessons;
  const place = find(main, "#progress");
  if (!place) return;
  place.hidden = false;
  const text = el("p", {}, app.say.progressOf(completed, total));
  const kept = app.course.structure === "pages" ? el("p", { class: "kept" }, app.say.keptHere) : null;
  place.replaceChildren(meter(completed, total, app.say.progress), text, ...(kept ? [kept] : []));
}

function showStates(app: App, main: HTMLElement): void {
  for (const link of all(main, ".lessons a[data-lesson]")) {
    const lesson = lessonById(app, link.dataset["lesson"] ?? "");
    if (!lesson) continue;
    find(link, ".state")?.remove();
    link.prepend(stateMark(app, stateOf(app, lesson)));
  }
}

function showResults(app: App, results: HTMLElement): void {
  const open = new Set(all<HTMLDetailsElement>(results, "details").flatMap((each, at) => (each.open ? [at] : [])));
  const answered = app.lessons.some((lesson) => lesson.questions.some(({ id }) => app.session.question(id).answered));
  results.hidden = !answered && app.session.overall().completion !== "completed";
  if (results.hidden) return;
  results.replaceChildren(
    el("h2", { id: "results-title", tabindex: "-1" }, app.say.results),
    courseResult(app),
    ...review(app).filter((part) => part !== null),
  );
  all<HTMLDetailsElement>(results, "details").forEach((each, at) => (each.open = open.has(at)));
}
