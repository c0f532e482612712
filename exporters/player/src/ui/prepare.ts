// Where a launch has to be asked for before the course is known as the learner will see it: the LMS's pass mark, the
// learner's language.

import type { CourseData } from "../course";
import { find } from "./dom";
import { type CreateRuntime, start } from "./start";

export type Prepare = (course: CourseData, lesson: string | null) => Promise<{ readonly course: CourseData; readonly create: CreateRuntime }>;

export async function startPrepared(prepare: Prepare): Promise<void> {
  const course = globalThis.lingjunCourse;
  if (!course) throw new Error("course.js is missing");
  const lesson = course.structure === "lessons" ? (find(document, "main")?.dataset["lesson"] ?? null) : null;
  const { course: wanted, create } = await prepare(course, lesson);
  globalThis.lingjunCourse = wanted;
  await start(create);
}
