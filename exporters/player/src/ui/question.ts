// One question on the page: answering, trying again, outcome, feedback and explanation.

import type { QuestionData, Response } from "../course";
import type { QuestionStatus } from "../session/session";
import { announce } from "./announce";
import { plain, type App } from "./app";
import { all, bring, el, find, icon } from "./dom";
import { fieldFor } from "./inputs";
import type { Field } from "./inputs/field";

interface Parts {
  readonly app: App;
  readonly data: QuestionData;
  readonly section: HTMLElement;
  readonly field: Field;
  readonly outcome: HTMLElement;
  readonly submit: HTMLButtonElement;
  readonly tries: HTMLElement;
}

// Brings a question's form to life. Returns how to show it afresh after a change from elsewhere (a retake).
export function mountQuestion(app: App, section: HTMLElement, data: QuestionData): () => void {
  const form = find<HTMLFormElement>(section, "form");
  const outcome = find(section, ".outcome");
  const submit = find<HTMLButtonElement>(section, "button[type=submit]");
  if (!form || !outcome || !submit) throw new Error(`incomplete form for ${data.id}`);
  const seed = `${app.session.learner} ${data.key}`;
  const tries = el("span", { class: "tries" });
  submit.after(tries);
  const parts: Parts = { app, data, section, outcome, submit, tries, field: fieldFor(section, data, app.say, seed) };
  const seen = stopwatch(section);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    answer(parts, seen());
  });
  // A form that changes after a wrong answer no longer wears the old outcome.
  section.addEventListener("input", () => clearOutcome(parts));
  let shown = "";
  const refresh = (): void => {
    const status = app.session.question(data.id);
    const now = JSON.stringify(status);
    if (now !== shown) show(parts, status);
    shown = now;
  };
  refresh();
  return refresh;
}

// Milliseconds since the question was first in view.
function stopwatch(section: HTMLElement): () => number {
  let since = performance.now();
  const observer = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    since = performance.now();
    observer.disconnect();
  });
  observer.observe(section);
  return () => performance.now() - since;
}

function answer(parts: Parts, latency: number): void {
  const { app, data, field, outcome } = parts;
  const before = app.session.question(data.id);
  if (before.locked) return;
  const reading = field.read();
  if ("problem" in reading) {
    tell(parts, "todo", reading.problem);
    reading.at.focus();
    return;
  }
  if (data.scored && before.correct === false && same(before.response, reading.response)) {
    tell(parts, "todo", app.say.unchanged);
    return;
  }
  const status = app.session.answer(data, reading.response, Math.round(latency));
  show(parts, status);
  announce(outcome.textContent ?? "");
  if (status.locked) bring(outcome);
}

function same(before: Response | null, now: Response): boolean {
  return before !== null && JSON.stringify(before) === JSON.stringify(now);
}

function show(parts: Parts, status: QuestionStatus): void {
  const { app, data, section, field, submit, tries, outcome } = parts;
  const { say } = app;
  section.classList.toggle("is-locked", status.locked);
  field.unmark();
  outcome.hidden = true;
  if (status.response) field.write(status.response);
  else if (!status.answered) find<HTMLFormElement>(section, "form")?.reset();
  field.lock(status.locked);
  submit.hidden = status.locked;
  submit.textContent = status.answered ? say.again : say.submit;
  tries.textContent = triesText(parts, status);
  for (const part of all(section, ".explanation, .model")) part.hidden = !final(data, status);
  if (!status.answered) {
    if (status.locked) tell(parts, "todo", say.notAnswered);
    return;
  }
  if (status.response) field.mark(status.response, status.locked);
  tellOutcome(parts, status);
}

// Nothing more depends on the answer: now it may be explained.
function final(data: QuestionData, status: QuestionStatus): boolean {
  return status.answered && (status.locked || !data.scored);
}

function triesText({ app, data }: Parts, status: QuestionStatus): string {
  if (!data.scored || status.locked) return "";
  if (!Number.isFinite(status.left)) return "";
  if (!status.answered) return status.left > 1 ? app.say.triesBefore(status.left) : "";
  return app.say.triesLeft(status.left);
}

function tellOutcome(parts: Parts, status: QuestionStatus): void {
  const { app, data, field, outcome } = parts;
  const { say } = app;
  if (status.correct === null) tell(parts, "noted", say.recorded);
  else if (status.correct) tell(parts, "right", `${say.right}${say.comma}${say.earned(plain(data.points))}`);
  else tell(parts, "wrong", say.wrong);
  if (status.kept !== "whole" && status.response === null) outcome.append(el("p", {}, say.notKept));
  if (status.correct !== false) return;
  const solution = status.locked ? field.solution() : null;
  if (solution) outcome.append(el("div", { class: "solution" }, el("strong", {}, say.rightAnswer), solution));
}

function tell({ outcome }: Parts, kind: "right" | "wrong" | "noted" | "todo", text: string): void {
  outcome.className = `outcome outcome-${kind}`;
  outcome.replaceChildren(el("p", { class: "outcome-text" }, icon(kind), text));
  outcome.hidden = false;
  if (kind === "todo") announce(text);
}

function clearOutcome({ app, data, outcome, field }: Parts): void {
  if (outcome.hidden || app.session.question(data.id).locked) return;
  outcome.hidden = true;
  field.unmark();
}
