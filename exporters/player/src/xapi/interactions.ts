// Questions as interaction activities, and answers to them (xAPI 1.0.3, Part Two, 2.4.4.1 and Appendix C). Nothing is
// cut to a length here, as SCORM's elements are.

import type { OptionData, QuestionData, Response } from "../course";
import { decimal } from "../runtime/format";
import { acceptedTexts, numberIn } from "../runtime/patterns";
import { ACTIVITIES, INTERACTIONS } from "./vocabulary";

const PLACES = 7;

/** The definition of a question's activity, in the course's language. */
export function definition(question: QuestionData, label: string, language: string): Record<string, unknown> {
  const patterns = correctResponses(question);
  return {
    type: ACTIVITIES.interaction,
    name: { [language]: label },
    description: { [language]: question.text },
    interactionType: question.type,
    ...(patterns.length > 0 ? { correctResponsesPattern: patterns } : {}),
    ...components(question, language),
  };
}

function components(question: QuestionData, language: string): Record<string, unknown> {
  const fields = question as unknown as Readonly<Record<string, readonly OptionData[]>>;
  const lists = Object.entries<string>(INTERACTIONS[question.type]);
  return Object.fromEntries(
    lists.map(([list, field]) => [list, fields[field]?.map(({ id, text }) => ({ id, description: { [language]: text } })) ?? []]),
  );
}

/** `correctResponsesPattern`: alternatives. None where nothing is right or wrong. */
export function correctResponses(question: QuestionData): string[] {
  switch (question.type) {
    case "choice":
      return [question.correct.join("[,]")];
    case "true-false":
      return [String(question.answer)];
    case "fill-in":
      return acceptedTexts(question).map((texts) => `{case_matters=false}{order_matters=true}${texts.map(plain).join("[,]")}`);
    case "numeric": {
      const [low, high] = [decimal(question.low, PLACES), decimal(question.high, PLACES)];
      return [low === high ? low : `${low}[:]${high}`];
    }
    case "matching":
      return [question.sources.map((source, at) => `${source.id}[.]${question.targets[at]?.id ?? ""}`).join("[,]")];
    case "sequencing":
      return [question.items.map(({ id }) => id).join("[,]")];
    default:
      return [];
  }
}

/** `result.response`; null where the type's format can't hold it: what was typed for a number is none. */
export function responseText(question: QuestionData, response: Response): string | null {
  switch (response.type) {
    case "choice":
      return response.chosen.join("[,]");
    case "true-false":
      return String(response.value);
    case "fill-in":
      return response.texts.map(plain).join("[,]");
    case "long-fill-in":
      return response.text.replace(/^\{/, "｛");
    case "numeric": {
      const number = numberIn(question, response);
      return number === null ? null : decimal(number, PLACES);
    }
    case "matching":
      return response.pairs.map((pair) => pair.join("[.]")).join("[,]");
    case "sequencing":
      return response.order.join("[,]");
    case "likert":
      return response.chosen;
  }
}

/** Separators and a leading brace mean something here and can't be escaped: they become full-width. */
function plain(text: string): string {
  return text.replace(/\[([,.:])\]/g, "［$1］").replace(/^\{/, "｛");
}
