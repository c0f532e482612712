// The one place where course, saved state, completion rules and run-time interface meet. The pages talk to
// this and to nothing else.

import type { QuestionData, Response } from "../course";
import type { Completion, Mode, Success, Trouble } from "../runtime/runtime";

export interface QuestionStatus {
  readonly tries: number; // used in this run through the course
  readonly left: number; // tries left
  readonly locked: boolean; // right, or no tries left, or review
  readonly correct: boolean | null; // of the last answer; null: none yet, or not scored
  readonly response: Response | null; // the last answer, where the state had room for it
  readonly kept: "whole" | "part" | "none"; // of an answer from an earlier session: what the state had room for
  readonly answered: boolean;
}

export interface LessonStatus {
  readonly completion: Completion;
  readonly open: boolean; // may be entered (sequence, prerequisites)
  readonly because: readonly string[]; // identifiers of lessons to finish first
  readonly missing: readonly string[]; // scored questions still to answer before it can be completed
}

export interface Overall {
  readonly completion: Completion;
  readonly success: Success;
  readonly points: { readonly won: number; readonly possible: number };
  readonly lessons: { readonly completed: number; readonly needed: number; readonly all: number };
  readonly retakesLeft: number | null; // null: no limit
  readonly retakable: boolean; // failed, everything answered, and a retake is left
}

export interface Session {
  readonly mode: Mode;
  readonly resumed: boolean;
  readonly learner: string;
  readonly startPage: string; // where to go first: the saved location or the first lesson
  lesson(id: string): LessonStatus;
  question(id: string): QuestionStatus;
  overall(): Overall;
  visit(lessonId: string, anchor?: string): void; // sets location, first visit makes it incomplete
  answer(question: QuestionData, response: Response, latency: number): QuestionStatus;
  completeLesson(id: string): boolean; // false while questions are missing
  retake(): void; // all scored questions may be answered again
  finish(): void;
  subscribe(listener: () => void): void; // after every change
  onTrouble(listener: (trouble: Trouble) => void): void; // told at once where there is trouble already
}
