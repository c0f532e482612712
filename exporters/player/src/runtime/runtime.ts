// What the player asks of a run-time interface. One driver for each: SCORM 1.2, SCORM 2004, the browser alone.

import type { QuestionData, Response } from "../course";

export type Mode = "normal" | "browse" | "review"; // browse and review record nothing
export type Completion = "not attempted" | "incomplete" | "completed";
export type Success = "unknown" | "passed" | "failed";

export interface Launch {
  readonly mode: Mode;
  readonly resumed: boolean;
  readonly learner: string; // display name, may be empty
  readonly state: string; // what save() last stored, or empty
  readonly location: string; // what save() last stored, or empty
  readonly prior: Prior; // what the LMS's own record says, whatever became of the state
}

export interface Prior {
  readonly completed: boolean;
  readonly passed: boolean;
  readonly share: number | null; // 0 to 1, the score on record
}

export interface Snapshot {
  readonly completion: Completion;
  readonly success: Success;
  readonly score: { readonly raw: number; readonly max: number } | null; // points won and possible; null: nothing to score, or no scored answer yet
  readonly progress: number; // 0 to 1, share of the work done
  readonly location: string; // lesson page and anchor, short ASCII
  readonly state: string; // at most CourseData.stateLimit characters
  readonly objectives: readonly ObjectiveStatus[];
}

export interface ObjectiveStatus {
  readonly id: string;
  readonly score: number | null; // 0 to 1 over the questions that assess it
  readonly success: Success;
  readonly completion: Completion;
}

export interface Answered {
  readonly question: QuestionData;
  readonly response: Response;
  readonly correct: boolean | null; // null: not scored
  readonly attempt: number; // 1 for the first try
  readonly at: Date;
  readonly latency: number; // milliseconds from first sight to answer
  readonly index: number; // answers journaled before this one, over all sessions: for LMSs that don't count
}

// no-lms: no LMS records this, the browser keeps it. not-kept: nothing keeps it once the page is closed. not-recorded:
// the LMS didn't accept the launch, or takes nothing from it any more.
export type Trouble = "none" | "no-lms" | "retrying" | "state-too-long" | "not-kept" | "not-recorded";

export interface Runtime {
  readonly kind: "scorm12" | "scorm2004" | "cmi5" | "xapi" | "local";
  readonly exitUrl?: string; // where the LMS wants the learner who leaves; absent: nowhere in particular
  start(): Promise<Launch>;
  answered(answer: Answered): void; // queued, sent with the next save
  save(snapshot: Snapshot): void; // writes only what changed, coalesces, retries until it holds
  flush(): Promise<boolean>; // everything saved now?
  finish(): void; // synchronous, idempotent: last save, then terminate, once
  onTrouble(listener: (trouble: Trouble) => void): void; // told at once where there is trouble already
  onReplaced(listener: (state: string) => void): void; // another tab saved a newer state
}
