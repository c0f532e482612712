// Two states of one learner's progress become one that has everything of both: two tabs, or a state that the store
// didn't take before the page was closed and a newer one from elsewhere.

import { decode } from "../session/codec";
import { fit } from "../session/fit";
import type { Answer, Progress } from "../session/progress";

const LATCHES = ["none", "completed", "passed"] as const;

/** `ours` wins where both say something different and neither is further on. */
export function mergeStates(theirs: string, ours: string, limit: number): string {
  if (theirs === ours) return ours;
  const [one, other] = [decode(ours), decode(theirs)];
  if (!one.found || !other.found) return one.found ? ours : theirs;
  return fit(mergeProgress(other.progress, one.progress), () => true, limit).text;
}

function mergeProgress(theirs: Progress, ours: Progress): Progress {
  const completed = new Set([...theirs.completed, ...ours.completed]);
  return {
    runs: Math.max(theirs.runs, ours.runs),
    answers: Math.max(theirs.answers, ours.answers),
    latch: LATCHES[Math.max(LATCHES.indexOf(theirs.latch), LATCHES.indexOf(ours.latch))] ?? "none",
    best: theirs.runs === ours.runs ? Math.max(theirs.best, ours.best) : (theirs.runs > ours.runs ? theirs : ours).best,
    last: ours.last || theirs.last,
    entered: new Set([...theirs.entered, ...ours.entered].filter((key) => !completed.has(key))),
    completed,
    questions: mergeAnswers(theirs, ours),
  };
}

/** A retake begins a new run, in which the answers of an earlier one mean nothing. */
function mergeAnswers(theirs: Progress, ours: Progress): Map<string, Answer> {
  if (theirs.runs !== ours.runs) return new Map((theirs.runs > ours.runs ? theirs : ours).questions);
  const merged = new Map(theirs.questions);
  for (const [key, answer] of ours.questions) {
    const known = merged.get(key);
    if (known === undefined || answer.tries >= known.tries) merged.set(key, answer);
  }
  return merged;
}
