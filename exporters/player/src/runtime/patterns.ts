// What the encodings of answers in both standards have in common.

import type { QuestionData, Response } from "../course";
import { readingWithin, readNumber } from "../questions/number";

const MOST_PATTERNS = 5; // 2004 RTE 4.2.9.1: correct_responses an LMS must hold for a fill-in

/** Accepted texts of a fill-in, one list over all blanks for each pattern: the first of each, the second of each… */
export function acceptedTexts(question: Extract<QuestionData, { type: "fill-in" }>): string[][] {
  const most = Math.min(MOST_PATTERNS, Math.max(0, ...question.blanks.map((blank) => blank.length)));
  return Array.from({ length: most }, (_, at) => question.blanks.map((blank) => blank[Math.min(at, blank.length - 1)] ?? ""));
}

/** The number in a numeric response; null where what was typed is none, or has more than ten digits before its point. */
export function numberIn(question: QuestionData, response: Response): number | null {
  if (question.type !== "numeric" || response.type !== "numeric") return null;
  const typed = readNumber(response.text);
  const value = typed && (readingWithin(typed, question.low, question.high) ?? typed.value);
  return value !== null && Math.abs(value) < 1e10 ? value : null;
}

/** One line without a leading brace, which would begin a `{lang=…}`, cut to what the element holds. */
export function line(text: string, most: number): string {
  const flat = text.replace(/\s+/g, " ").trim().replace(/^\{/, "\uff5b");
  return [...flat].reduce((kept, character) => (kept.length + character.length > most ? kept : kept + character), "").trim();
}
