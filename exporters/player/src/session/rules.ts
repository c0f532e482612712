// When a lesson and a course count as done: two tables, and nothing else decides it.

import type { Completion, Success } from "../runtime/runtime";
import type { Progress } from "./progress";

export type LessonEvent = "opened" | "answered" | "finished"; // finished: the learner pressed 完成本课, all questions answered

/** Opening never completes a lesson, and nothing takes a completion back. */
export const LESSON: Readonly<Record<Completion, Readonly<Record<LessonEvent, Completion>>>> = {
  "not attempted": { opened: "incomplete", answered: "incomplete", finished: "completed" },
  incomplete: { opened: "incomplete", answered: "incomplete", finished: "completed" },
  completed: { opened: "completed", answered: "completed", finished: "completed" },
};

export interface Facts {
  readonly latch: Progress["latch"];
  readonly begun: boolean; // any lesson entered or question answered
  readonly lessonsDone: boolean; // as many lessons completed as the course asks for
  readonly scoreNeeded: number | null; // share of the points; null: no score needed, or nothing to score
  readonly share: number; // points won / points possible
  readonly allAnswered: boolean; // every scored question has an answer in this run
}

interface Verdict {
  readonly when: (facts: Facts) => boolean;
  readonly completion: Completion;
  readonly success: Success;
}

/** The first line that holds decides. A retake clears the answers, so it leads from the failed line to the open one. */
const COURSE: readonly Verdict[] = [
  { when: (f) => f.latch === "passed", completion: "completed", success: "passed" },
  { when: (f) => !f.begun && f.latch === "none", completion: "not attempted", success: "unknown" },
  { when: (f) => !f.lessonsDone && f.latch === "none", completion: "incomplete", success: "unknown" },
  { when: (f) => f.scoreNeeded === null, completion: "completed", success: "passed" },
  { when: (f) => reached(f), completion: "completed", success: "passed" },
  { when: (f) => f.allAnswered, completion: "completed", success: "failed" },
  { when: () => true, completion: "completed", success: "unknown" },
];

export function judgeCourse(facts: Facts): { completion: Completion; success: Success } {
  const { completion, success } = COURSE.find((line) => line.when(facts)) ?? { completion: "incomplete", success: "unknown" };
  return { completion, success };
}

function reached(facts: Facts): boolean {
  return facts.share >= (facts.scoreNeeded ?? 0) - 1e-9;
}
