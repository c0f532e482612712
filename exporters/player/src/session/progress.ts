// What a learner has done so far: everything the saved state holds. Keyed by the four-character keys of lessons
// and questions, never by their order, so that it outlives every change of the course.

import type { Response } from "../course";

export type Outcome = "right" | "wrong" | "neutral"; // neutral: answered, not scored

export interface Answer {
  readonly outcome: Outcome;
  readonly tries: number; // used in this run, from 1
  readonly response: Response | null; // null: the state had no room for it
  readonly part: boolean; // only the beginning of the text was kept
}

export interface Progress {
  runs: number; // retakes begun
  answers: number; // answers journaled over all sessions
  latch: "none" | "completed" | "passed"; // once reached, never taken back
  best: number; // 0 to 1, a score already on record that is never lowered within the run
  last: string; // key of the lesson visited last, or empty
  entered: Set<string>; // keys of lessons visited, not completed
  completed: Set<string>; // keys of lessons completed
  questions: Map<string, Answer>; // by key
}

export function newProgress(): Progress {
  return {
    runs: 0,
    answers: 0,
    latch: "none",
    best: 0,
    last: "",
    entered: new Set(),
    completed: new Set(),
    questions: new Map(),
  };
}
