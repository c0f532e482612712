// Score, pass or fail, retake, and the review of all answers.

import type { LessonData, QuestionSummary } from "../course";
import { announce } from "./announce";
import { plain, type App } from "./app";
import { bring, button, el, find, icon } from "./dom";

// The result so far: verdict, score against what is needed, retake.
export function courseResult(app: App): HTMLElement {
  const { say, session, course } = app;
  const { success, points, lessons } = session.overall();
  const scored = points.possible > 0;
  const verdict = success === "unknown" ? "underway" : success;
  const unscored = !scored || course.pass.score === null;
  const text =
    success === "passed"
      ? unscored ? say.passedUnscored : say.passedText
      : success === "failed"
        ? say.failedText
        : unscored
          ? say.underwayUnscored(lessons.completed, lessons.needed)
          : say.underwayText(lessons.completed, lessons.needed);
  return el(
    "div",
    { class: `result result-${verdict}` },
    el("p", { class: "verdict" }, icon(verdict), say[verdict]),
    scored ? score(app) : null,
    el("p", {}, text),
    retake(app),
  );
}

function score(app: App): HTMLElement {
  const { say, session, course } = app;
  const { won, possible } = session.overall().points;
  const share = Math.floor((won / possible) * 100 + 1e-9);
  return el(
    "p",
    { class: "score" },
    el("strong", {}, say.percent(share)),
    el("span", {}, `${say.score} ${say.scoreOf(plain(won), plain(possible))}`),
    course.pass.score === null ? null : el("span", {}, say.needed(Math.round(course.pass.score * 100))),
  );
}

// Asked twice, since it clears answers. `confirm()` is blocked in many an LMS's frame.
function retake(app: App): HTMLElement | null {
  const { say, session } = app;
  const { retakable, retakesLeft } = session.overall();
  if (!retakable) return null;
  const box = el("div", { class: "retake" });
  const ask = (): void => {
    const sure = button(
      say.retakeYes,
      () => {
        session.retake();
        announce(say.retaken);
        const heading = find(document, "main h1");
        if (heading) bring(heading);
      },
      { class: "primary" },
    );
    box.replaceChildren(el("p", {}, say.retakeSure), sure, button(say.cancel, offer, { class: "secondary" }));
    sure.focus();
  };
  const offer = (): void => {
    box.replaceChildren(button(say.retake, ask, { class: "primary" }), el("small", {}, say.retakeLeft(retakesLeft)));
  };
  offer();
  return box;
}

// Every question of the course with how it was answered, lesson by lesson.
export function review(app: App): HTMLElement[] {
  return app.lessons.filter((lesson) => lesson.questions.length).map((lesson) => lessonReview(app, lesson));
}

function lessonReview(app: App, lesson: LessonData): HTMLElement {
  const scored = lesson.questions.filter((question) => question.scored);
  const right = scored.filter((question) => app.session.question(question.id).correct === true).length;
  const count = scored.length ? el("span", { class: "review-count" }, app.say.rightOf(right, scored.length)) : null;
  const rows = lesson.questions.map((question, at) => row(app, lesson, question, at + 1));
  return el(
    "details",
    { class: "review-lesson" },
    el("summary", {}, el("span", {}, lesson.title), count),
    el("ol", {}, ...rows),
  );
}

function row(app: App, lesson: LessonData, question: QuestionSummary, number: number): HTMLElement {
  const { say, session } = app;
  const { answered, correct } = session.question(question.id);
  const [sign, word] = !answered
    ? ["todo", say.notAnswered]
    : correct === null
      ? ["noted", say.answered]
      : correct
        ? ["right", say.right]
        : ["wrong", say.wrong];
  const link = el(
    "a",
    { href: `${lesson.page}#question-${encodeURIComponent(question.id)}`, "data-lesson": lesson.id },
    `${number}. ${question.label}`,
  );
  return el("li", { class: `review-row review-${sign}` }, el("span", { class: "review-sign" }, icon(sign), word), link);
}
