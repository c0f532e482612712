// SCORM 2004, 3rd and 4th edition (Run-Time Environment, chapters 3 and 4).

import type { CourseData } from "../course";
import { decimal, time2004, timespan2004 } from "./format";
import { identifier } from "./identifier";
import { line } from "./patterns";
import { patterns2004, response2004 } from "./patterns2004";
import type { Answered, ObjectiveStatus, Runtime, Snapshot } from "./runtime";
import { type Dialect, ScormRuntime } from "./scorm";
import type { Elements } from "./writer";

const DESCRIPTION = 250;

export function createScorm2004Runtime(course: CourseData, lesson: string | null = null): Runtime {
  return new ScormRuntime(DIALECT, course, lesson);
}

const DIALECT: Dialect = {
  kind: "scorm2004",
  api: "API_1484_11",
  calls: {
    initialize: "Initialize",
    terminate: "Terminate",
    get: "GetValue",
    set: "SetValue",
    commit: "Commit",
    error: "GetLastError",
  },
  names: {
    mode: "cmi.mode",
    entry: "cmi.entry",
    learner: "cmi.learner_name",
    learnerId: "cmi.learner_id",
    state: "cmi.suspend_data",
    location: "cmi.location",
    exit: "cmi.exit",
    time: "cmi.session_time",
  },
  prior(get) {
    const passed = get("cmi.success_status") === "passed";
    const scaled = parseFloat(get("cmi.score.scaled"));
    return { completed: get("cmi.completion_status") === "completed", passed, share: scaled >= 0 && scaled <= 1 ? scaled : null };
  },
  results,
  objective,
  interaction,
  timespan: timespan2004,
  navigation: { allowed: "adl.nav.request_valid.choice.", request: "adl.nav.request" },
};

function results({ score, completion, success, progress }: Snapshot): Elements {
  return [
    ...(score === null ? [] : scoreOf("cmi.score", score.raw / score.max)),
    ["cmi.completion_status", completion === "completed" ? "completed" : "incomplete"],
    ["cmi.success_status", success],
    ["cmi.progress_measure", decimal(progress, 4)],
  ];
}

function objective({ score, success, completion }: ObjectiveStatus): Elements {
  return [...(score === null ? [] : scoreOf("score", score)), ["success_status", success], ["completion_status", completion]];
}

function scoreOf(element: string, share: number): Elements {
  return [
    [`${element}.scaled`, decimal(share, 4)],
    [`${element}.raw`, decimal(100 * share, 2)],
    [`${element}.min`, "0"],
    [`${element}.max`, "100"],
  ];
}

/** RTE 4.2.9. Texts carry no `{lang=…}`: most LMSs would show it to people. */
function interaction({ question, response, correct, at, latency }: Answered): Elements {
  const told = response2004(question, response);
  const description = line(question.text, DESCRIPTION);
  return [
    ["id", identifier(question.id)],
    ["type", question.type],
    ...question.objectives.map((id, index) => [`objectives.${index}.id`, identifier(id)] as const),
    ["timestamp", time2004(at)],
    ...patterns2004(question).map((pattern, index) => [`correct_responses.${index}.pattern`, pattern] as const),
    ["weighting", decimal(question.points, 7)],
    ...(told === null ? [] : [["learner_response", told] as const]),
    ["result", correct === null ? "neutral" : correct ? "correct" : "incorrect"],
    ["latency", timespan2004(latency)],
    ...(description === "" ? [] : [["description", description] as const]),
  ];
}
