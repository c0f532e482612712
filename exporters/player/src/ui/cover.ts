// The index page: where to start or go on, progress, score, and the review of all answers.

import type { LessonData } from "../course";
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
  const { session, lessons, say } = app;
  const begun = lessons.some((lesson) => session.lesson(lesson.id).completion !== "not attempted");
  const page = app.last.page;
  const last = lessons.find((each) => each.page === page.split("#")[0]);
  find(document, ".last-at")?.remove();
  if (!begun || !last) return;
  const next = onward(app, last);
  start.href = next === last ? page : next.page;
  start.dataset["lesson"] = next.id;
  start.textContent = say.resume;
  const words = (session.resumed ? say.welcome(session.learner) : "") + say.lastAt(last.title);
  start.parentElement?.before(el("p", { class: "last-at" }, words));
}

// The lesson to go on with: the last one until it is completed, then the next that is open and isn't.
function onward(app: App, last: LessonData): LessonData {
  const done = (lesson: LessonData): boolean => app.session.lesson(lesson.id).completion === "completed";
  if (!done(last)) return last;
  const later = app.lessons.slice(app.lessons.indexOf(last) + 1);
  return [...later, ...app.lessons].find((lesson) => !done(lesson) && app.session.lesson(lesson.id).open) ?? last;
}

function showProgress(app: App, main: HTMLElement): void {
  const { course, say, session } = app;
  const { lessons, success } = session.overall();
  const place = find(main, "#progress");
  if (!place) return;
  place.hidden = false;
  const text = el("p", {}, say.progressOf(lessons.completed, lessons.all));
  if (answeredAny(app)) {
    const verdict = say[success === "unknown" ? "results" : success];
    text.append(" · ", el("a", { href: "#results" }, verdict));
  }
  const kept = course.structure === "pages" ? el("p", {}, say.keptHere) : "";
  place.replaceChildren(meter(lessons.completed, lessons.all, say.progress), text, kept);
}

function answeredAny(app: App): boolean {
  return app.lessons.some((lesson) => lesson.questions.some(({ id }) => app.session.question(id).answered));
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
  results.hidden = !answeredAny(app) && app.session.overall().completion !== "completed";
  if (results.hidden) return;
  results.replaceChildren(
    el("h2", { id: "results-title", tabindex: "-1" }, app.say.results),
    courseResult(app),
    ...review(app),
  );
  all<HTMLDetailsElement>(results, "details").forEach((each, at) => (each.open = open.has(at)));
}
