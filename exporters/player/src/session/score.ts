// Points won and possible over some questions, and what they say about an objective.

import type { QuestionSummary } from "../course";
import type { ObjectiveStatus } from "../runtime/runtime";
import type { Answer } from "./progress";

export interface Tally {
  readonly won: number;
  readonly possible: number;
  readonly anyAnswered: boolean;
  readonly allAnswered: boolean;
}

export function tally(questions: readonly QuestionSummary[], answers: ReadonlyMap<string, Answer>): Tally {
  const sum = (some: readonly QuestionSummary[]): number => some.reduce((total, { points }) => total + points, 0);
  const answered = questions.filter(({ key }) => answers.has(key));
  return {
    won: sum(answered.filter(({ key }) => answers.get(key)?.outcome === "right")),
    possible: sum(questions),
    anyAnswered: answered.length > 0,
    allAnswered: answered.length === questions.length,
  };
}

/** Judged once all questions that assess it are answered, by the course's own share of points where it has one. */
export function objectiveStatus(id: string, { won, possible, anyAnswered, allAnswered }: Tally, needed: number | null): ObjectiveStatus {
  const share = won / possible;
  const judged = allAnswered && needed !== null;
  return {
    id,
    score: anyAnswered ? share : null,
    success: !judged ? "unknown" : share >= needed - 1e-9 ? "passed" : "failed",
    completion: allAnswered ? "completed" : anyAnswered ? "incomplete" : "not attempted",
  };
}
