// A launch made ready for the page: the course as this LMS and learner want it, and the run-time interface.

import type { CourseData } from "../course";
import { createLocalRuntime } from "../runtime/local";
import type { Runtime, Trouble } from "../runtime/runtime";
import type { Launched, Unlaunched } from "./launch";
import { XapiRuntime } from "./runtime";

export interface Prepared {
  readonly course: CourseData;
  create(course: CourseData, lesson: string | null): Runtime;
}

export function prepared(course: CourseData, launched: Launched | Unlaunched): Prepared {
  if (typeof launched === "string") return { course, create: (known, lesson) => unrecorded(known, lesson, launched) };
  return { course, create: (known) => new XapiRuntime(known, launched) };
}

/** The course works all the same; the learner is told why nobody learns of it. */
function unrecorded(course: CourseData, lesson: string | null, why: Unlaunched): Runtime {
  const local = createLocalRuntime(course, lesson);
  return {
    kind: "local",
    start: () => local.start(),
    answered: (answer) => local.answered(answer),
    save: (snapshot) => local.save(snapshot),
    flush: () => local.flush(),
    finish: () => local.finish(),
    onTrouble: (listener) => local.onTrouble((trouble: Trouble) => listener(trouble === "no-lms" ? why : trouble)),
    onReplaced: (listener) => local.onReplaced(listener),
  };
}
