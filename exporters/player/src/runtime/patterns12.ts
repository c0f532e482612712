// SCORM 1.2's CMIFeedback (RTE 3.4.2.7): single characters 0–9 and a–z, `,` between choices, `.` inside a pair.

import type { OptionData, QuestionData, Response } from "../course";
import { decimal } from "./format";
import { acceptedTexts, line, numberIn } from "./patterns";

const SYMBOLS = "abcdefghijklmnopqrstuvwxyz0123456789";
const TEXT = 255;

/** `correct_responses.n.pattern`, none where nothing is right or the format can't hold it. */
export function patterns12(question: QuestionData): string[] {
  switch (question.type) {
    case "choice":
      return some(join(question.correct, symbols(question.options)));
    case "true-false":
      return [question.answer ? "t" : "f"];
    case "fill-in":
      return acceptedTexts(question).map((texts) => line(texts.join(", "), TEXT));
    case "numeric":
      return [decimal((question.low + question.high) / 2, 7)]; // one value: the middle of what is right
    case "matching":
      return some(pairs12(question, question.sources.map((source, at) => [source.id, question.targets[at]?.id ?? ""])));
    case "sequencing":
      return some(join(question.items.map((item) => item.id), symbols(question.items)));
    default:
      return [];
  }
}

/** `student_response`; null where the format can't hold it. */
export function response12(question: QuestionData, response: Response): string | null {
  if (question.type === "choice" && response.type === "choice") return join(response.chosen, symbols(question.options));
  if (response.type === "true-false") return response.value ? "t" : "f";
  if (response.type === "fill-in") return line(response.texts.join(", "), TEXT);
  if (question.type === "matching" && response.type === "matching") return pairs12(question, response.pairs);
  if (question.type === "sequencing" && response.type === "sequencing") return join(response.order, symbols(question.items));
  if (question.type === "likert" && response.type === "likert") return join([response.chosen], symbols(question.scale));
  const number = numberIn(question, response);
  return number === null ? null : decimal(number, 7);
}

/** Identifiers of one character stay; others become their place in the author's order. Null beyond 36 options. */
function symbols(options: readonly OptionData[]): ReadonlyMap<string, string> | null {
  if (options.length > SYMBOLS.length) return null;
  const plain = options.every(({ id }) => /^[0-9a-z]$/.test(id));
  return new Map(options.map(({ id }, at) => [id, plain ? id : SYMBOLS.charAt(at)]));
}

function pairs12(question: Extract<QuestionData, { type: "matching" }>, pairs: readonly (readonly [string, string])[]): string | null {
  const [sources, targets] = [symbols(question.sources), symbols(question.targets)];
  const told = pairs.map(([source, target]) => `${sources?.get(source) ?? ""}.${targets?.get(target) ?? ""}`);
  return told.length > 0 && told.every((pair) => pair.length === 3) ? told.join(",") : null;
}

function join(ids: readonly string[], by: ReadonlyMap<string, string> | null): string | null {
  const told = ids.map((id) => by?.get(id) ?? "");
  return told.length > 0 && !told.includes("") ? told.join(",") : null;
}

function some(pattern: string | null): string[] {
  return pattern === null ? [] : [pattern];
}
