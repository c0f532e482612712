// A lesson's page: its questions, its end, and the explanation where it is still locked.

import type { LessonData, QuestionData } from "../course";
import { lessonById, moduleOf, type App } from "./app";
import { all, el, find, icon } from "./dom";
import { drawDiagrams } from "./diagrams";
import { boxWideFormulas } from "./formulas";
import { mountFinish } from "./finish";
import { mountQuestion } from "./question";
import { followReading } from "./reading";

export function mountLesson(app: App, main: HTMLElement, id: string): void {
  const lesson = lessonById(app, id);
  const article = find(main, "article");
  if (!lesson || !article) return;
  number(app, lesson, article);
  const { open, because } = app.session.lesson(id);
  if (!open) {
    lock(app, main, because);
    return;
  }
  const questions = readQuestions(main);
  for (const section of all(article, ".question")) {
    const data = questions.find((question) => question.id === section.dataset["question"]);
    if (data) app.onChange(mountQuestion(app, section, data));
  }
  app.onChange(mountFinish(app, article, lesson));
  void drawDiagrams(app.say, article);
  boxWideFormulas(article);
  app.last.page = lesson.page;
  app.session.visit(id, decodeURIComponent(location.hash.slice(1)));
  followReading(app, id, main);
}

export function readQuestions(root: ParentNode): readonly QuestionData[] {
  const block = find(root, "#lesson-questions");
  return block ? (JSON.parse(block.textContent ?? "[]") as QuestionData[]) : [];
}

function number(app: App, lesson: LessonData, article: HTMLElement): void {
  if (app.course.structure === "lessons") return;
  const at = app.lessons.indexOf(lesson) + 1;
  find(article, ".lesson-head .eyebrow")?.append(
    el("span", { class: "lesson-number" }, app.say.lessonNumber(at, app.lessons.length)),
  );
}

// The text of a locked lesson is out of reach; what to do first stands in its place.
function lock(app: App, main: HTMLElement, because: readonly string[]): void {
  for (const part of all(main, "article > :not(.lesson-head), .sections")) part.remove();
  const links = because.flatMap((id) => {
    const lesson = lessonById(app, id);
    const module = moduleOf(app, id);
    if (!lesson || !module) return [];
    return el("li", {}, el("a", { href: lesson.page, "data-lesson": id }, `${module.title} · ${lesson.title}`));
  });
  const title = el("h2", {}, icon("locked"), app.say.lockedTitle);
  find(main, "article")?.append(el("section", { class: "locked" }, title, el("p", {}, app.say.lockedWhy), el("ul", {}, ...links)));
}

