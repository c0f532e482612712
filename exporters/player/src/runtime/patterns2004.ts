// SCORM 2004's response formats (RTE 4.2.9.1 and 4.2.9.2): `[,]` between items, `[.]` inside a pair, `[:]` inside a range.

import type { QuestionData, Response } from "../course";
import { decimal } from "./format";
import { acceptedTexts, line, numberIn } from "./patterns";

const TEXT = 250;
const LONG_TEXT = 4000;
const MOST = { identifiers: 36, texts: 10 };
const SHORT_IDENTIFIER = /^[\w.~()+:=@;$!*'%/#-]{1,250}$/;

/** `correct_responses.n.pattern`, none where nothing is right or the format can't hold it. */
export function patterns2004(question: QuestionData): string[] {
  switch (question.type) {
    case "choice":
      return some(list(question.correct));
    case "true-false":
      return [String(question.answer)];
    case "fill-in":
      return acceptedTexts(question).flatMap((texts) => {
        const told = textList(texts);
        return told === null ? [] : [`{case_matters=false}{order_matters=true}${told}`];
      });
    case "numeric":
      return [`${decimal(question.low, 7)}[:]${decimal(question.high, 7)}`];
    case "matching":
      return some(pairList(question.sources.map((source, at) => [source.id, question.targets[at]?.id ?? ""])));
    case "sequencing":
      return some(list(question.items.map((item) => item.id)));
    default:
      return [];
  }
}

/** `learner_response`; null where the format can't hold it. */
export function response2004(question: QuestionData, response: Response): string | null {
  switch (response.type) {
    case "choice":
      return list(response.chosen);
    case "true-false":
      return String(response.value);
    case "fill-in":
      return textList(response.texts);
    case "long-fill-in":
      return line(response.text, LONG_TEXT);
    case "numeric": {
      const number = numberIn(question, response);
      return number === null ? null : decimal(number, 7);
    }
    case "matching":
      return pairList(response.pairs);
    case "sequencing":
      return list(response.order);
    case "likert":
      return list([response.chosen]);
  }
}

/** The separators can't be escaped, so a text that holds one has it in full-width brackets. */
function textList(texts: readonly string[]): string | null {
  if (texts.length === 0 || texts.length > MOST.texts) return null;
  return texts.map((text) => line(text.replace(/\[([,.:])\]/g, "［$1］"), TEXT)).join("[,]");
}

function list(ids: readonly string[]): string | null {
  const holds = ids.length > 0 && ids.length <= MOST.identifiers && ids.every((id) => SHORT_IDENTIFIER.test(id));
  return holds ? ids.join("[,]") : null;
}

function pairList(pairs: readonly (readonly [string, string])[]): string | null {
  const holds = pairs.length > 0 && pairs.length <= MOST.identifiers && pairs.flat().every((id) => SHORT_IDENTIFIER.test(id));
  return holds ? pairs.map((pair) => pair.join("[.]")).join("[,]") : null;
}

function some(pattern: string | null): string[] {
  return pattern === null ? [] : [pattern];
}
