// The end of a lesson: “完成本课”, what is still missing for it, and the way on.

import type { LessonData } from "../course";
import { announce } from "./announce";
import { neighbour, type App } from "./app";
import { bring, button, el, find, icon } from "./dom";
import { courseResult } from "./results";

export function mountFinish(app: App, article: HTMLElement, lesson: LessonData): () => void {
  const panel = el("section", { class: "finish", "aria-label": app.say.finish });
  article.append(panel);
  let shown = "";
  return () => {
    const status = app.session.lesson(lesson.id);
    const now = JSON.stringify([status, app.session.overall()]);
    if (now === shown) return;
    shown = now;
    if (status.completion === "completed") panel.replaceChildren(done(app, lesson));
    else if (app.session.mode === "review") panel.replaceChildren();
    else panel.replaceChildren(todo(app, panel, lesson, status.missing));
  };
}

function done(app: App, lesson: LessonData): HTMLElement {
  const { say, session, course } = app;
  const text = el("p", { class: "finish-done" }, icon("completed"), say.finished);
  if (course.structure === "lessons") return el("div", {}, text, lesson.questions.some(({ scored }) => scored) ? courseResult(app) : null);
  const next = neighbour(app, lesson.id, 1);
  const { completed, all } = session.overall().lessons;
  const results = el("a", { class: next ? "secondary" : "primary", href: "index.html#results" }, say.results);
  const onward = next ? el("a", { class: "primary", href: next.page, "data-lesson": next.id }, `${say.next}${say.colon}${next.title}`) : null;
  const finished = completed === all ? el("p", {}, say.courseFinished) : null;
  return el("div", {}, text, finished, el("p", { class: "finish-ways" }, onward, completed === all || !next ? results : null));
}

function todo(app: App, panel: HTMLElement, lesson: LessonData, missing: readonly string[]): HTMLElement {
  const { say, session } = app;
  const finish = button(
    say.finish,
    () => {
      if (session.completeLesson(lesson.id)) {
        announce(say.finished);
        bring(panel);
        return;
      }
      const first = missing[0] && find(document, `.question[data-question="${CSS.escape(missing[0])}"]`);
      if (first) bring(first);
    },
    { class: "primary", "aria-describedby": "finish-hint", "aria-disabled": String(missing.length > 0) },
  );
  const hint = el("p", { id: "finish-hint", class: "finish-hint" });
  if (!missing.length) hint.append(say.finishHint);
  else hint.append(say.finishMissing(missing.length), ...links(app, lesson, missing));
  return el("div", {}, finish, hint);
}

function links(app: App, lesson: LessonData, missing: readonly string[]): (Node | string)[] {
  return missing.flatMap((id, at) => {
    const number = lesson.questions.findIndex((question) => question.id === id) + 1;
    const link = el("a", { href: `#question-${encodeURIComponent(id)}` }, app.say.questionNumber(number));
    return at ? [app.say.between, link] : [link];
  });
}
