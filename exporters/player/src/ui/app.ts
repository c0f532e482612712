// What every part of the page needs to know of the course that is being studied.

import type { CourseData, LessonData, ModuleData } from "../course";
import type { Runtime } from "../runtime/runtime";
import type { Session } from "../session/session";
import type { Words } from "./words";

export interface App {
  readonly course: CourseData;
  readonly session: Session;
  readonly runtime: Runtime;
  readonly say: Words;
  readonly lessons: readonly LessonData[];
  readonly last: { page: string }; // where the learner was last: another visit's place, then this one's
  readonly onChange: (refresh: () => void) => void; // after every change, until the page is left
}

export function lessonById(app: App, id: string): LessonData | null {
  return app.lessons.find((lesson) => lesson.id === id) ?? null;
}

export function moduleOf(app: App, id: string): ModuleData | null {
  return app.course.modules.find((module) => module.lessons.some((lesson) => lesson.id === id)) ?? null;
}

export function neighbour(app: App, id: string, step: 1 | -1): LessonData | null {
  const at = app.lessons.findIndex((lesson) => lesson.id === id);
  return (at >= 0 && app.lessons[at + step]) || null;
}

// A number as people write it, without the dust of binary fractions.
export function plain(value: number): string {
  return String(Math.round(value * 100) / 100);
}
