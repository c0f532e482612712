// Right or wrong as a whole, as schemas/questions.py documents each type. No part marks.

import type { QuestionData, Response } from "../course";
import { readingWithin, readNumber } from "./number";
import { fold } from "./text";

/** Whether `response` is right; null for a question that isn't scored. A response of another type is wrong. */
export function judge(question: QuestionData, response: Response): boolean | null {
  return question.scored ? isRight(question, response) : null;
}

function isRight(question: QuestionData, response: Response): boolean {
  if (question.type === "choice" && response.type === "choice") {
    return sameSet(response.chosen, question.correct);
  }
  if (question.type === "true-false" && response.type === "true-false") {
    return response.value === question.answer;
  }
  if (question.type === "fill-in" && response.type === "fill-in") {
    return question.blanks.every((accepted, blank) => {
      const typed = fold(response.texts[blank] ?? "");
      return accepted.some((text) => fold(text) === typed);
    });
  }
  if (question.type === "numeric" && response.type === "numeric") {
    const typed = readNumber(response.text);
    return typed !== null && readingWithin(typed, question.low, question.high) !== null;
  }
  if (question.type === "matching" && response.type === "matching") {
    // Two targets may read the same (three sources, two of them “high”): either is right then.
    const says = new Map(question.targets.map((target) => [target.id, target.text]));
    const given = new Map(response.pairs);
    return question.sources.every((source, at) => {
      const target = given.get(source.id);
      return target !== undefined && says.get(target) === question.targets[at]?.text;
    });
  }
  if (question.type === "sequencing" && response.type === "sequencing") {
    return response.order.length === question.items.length && question.items.every((item, at) => item.id === response.order[at]);
  }
  return false;
}

function sameSet(given: readonly string[], wanted: readonly string[]): boolean {
  const chosen = new Set(given);
  return chosen.size === new Set(wanted).size && wanted.every((id) => chosen.has(id));
}
