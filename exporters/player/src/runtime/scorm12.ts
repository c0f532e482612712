// SCORM 1.2 (Run-Time Environment 1.2, 2001, chapter 3).

import type { CourseData } from "../course";
import { decimal, time12, timespan12 } from "./format";
import { identifier } from "./identifier";
import { patterns12, response12 } from "./patterns12";
import type { Answered, Completion, ObjectiveStatus, Runtime, Snapshot, Success } from "./runtime";
import { type Dialect, ScormRuntime } from "./scorm";
import type { Elements } from "./writer";

const MOST_WEIGHT = 100; // RTE 3.4.2.7.4

export function createScorm12Runtime(course: CourseData, lesson: string | null = null): Runtime {
  return new ScormRuntime(DIALECT, course, lesson);
}

const DIALECT: Dialect = {
  kind: "scorm12",
  api: "API",
  calls: {
    initialize: "LMSInitialize",
    terminate: "LMSFinish",
    get: "LMSGetValue",
    set: "LMSSetValue",
    commit: "LMSCommit",
    error: "LMSGetLastError",
  },
  names: {
    mode: "cmi.core.lesson_mode",
    entry: "cmi.core.entry",
    learner: "cmi.core.student_name",
    learnerId: "cmi.core.student_id",
    state: "cmi.suspend_data",
    location: "cmi.core.lesson_location",
    exit: "cmi.core.exit",
    time: "cmi.core.session_time",
  },
  prior(get) {
    const status = get("cmi.core.lesson_status");
    const raw = parseFloat(get("cmi.core.score.raw"));
    const share = raw >= 0 && raw <= 100 ? raw / 100 : null;
    return { completed: /^(passed|failed|completed)$/.test(status), passed: status === "passed", share };
  },
  results,
  objective,
  interaction,
  timespan: timespan12,
  navigation: null,
};

function results(snapshot: Snapshot): Elements {
  const { score } = snapshot;
  const points = score === null ? [] : scoreOf("cmi.core.score", score.raw / score.max);
  return [...points, ["cmi.core.lesson_status", statusOf(snapshot, score !== null)]];
}

/**
 * One word for two statuses. Never `not attempted`, which Moodle turns into `completed` when the learner leaves; and a
 * course whose lessons are done but whose score is still open is not done.
 */
function statusOf({ completion, success }: { completion: Completion; success: Success }, scored: boolean): string {
  if (completion !== "completed" || success === "unknown") return "incomplete";
  return success === "passed" && !scored ? "completed" : success;
}

function objective({ score, success, completion }: ObjectiveStatus): Elements {
  const status = success !== "unknown" ? success : completion;
  return [...(score === null ? [] : scoreOf("score", score)), ["status", status]];
}

function scoreOf(element: string, share: number): Elements {
  return [
    [`${element}.raw`, decimal(100 * share, 2)],
    [`${element}.min`, "0"],
    [`${element}.max`, "100"],
  ];
}

/** RTE 3.4.2.7. There is no `long-fill-in`: what is written there has no element to go to. */
function interaction({ question, response, correct, at, latency }: Answered): Elements {
  if (question.type === "long-fill-in") return [];
  const told = response12(question, response);
  return [
    ["id", identifier(question.id)],
    ...question.objectives.map((id, index) => [`objectives.${index}.id`, identifier(id)] as const),
    ["time", time12(at)],
    ["type", question.type],
    ...patterns12(question).map((pattern, index) => [`correct_responses.${index}.pattern`, pattern] as const),
    ["weighting", decimal(Math.min(question.points, MOST_WEIGHT), 4)],
    ...(told === null ? [] : [["student_response", told] as const]),
    ["result", correct === null ? "neutral" : correct ? "correct" : "wrong"],
    ["latency", timespan12(latency)],
  ];
}
