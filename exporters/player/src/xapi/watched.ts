// Media as statements of the xAPI video profile. Audio has the same verbs and extensions, with an activity type of its
// own.

import type { CourseData, LessonData } from "../course";
import { THRESHOLD, thousandths, type Watched } from "../media/tracker";
import { timespan2004 } from "../runtime/format";
import type { Statements } from "./statements";
import { ACTIVITIES, CATEGORIES, EXTENSIONS, type Extensions, type Result, type Statement } from "./vocabulary";

export function watchedStatement(watched: Watched, statements: Statements, course: CourseData): Statement {
  const { element, session, verb } = watched;
  const lesson = lessonAround(element, course);
  const home = statements.home(lesson);
  const kind = element instanceof HTMLVideoElement ? "video" : "audio";
  const file = decodeURIComponent(new URL(element.currentSrc, document.baseURI).pathname).split("/").slice(-2).join("/");
  const object = {
    objectType: "Activity" as const,
    id: `${home.id}/media/${encodeURIComponent(file)}`,
    definition: { type: ACTIVITIES[kind], name: statements.words(nameOf(element) || file) },
  };
  const length = Number.isFinite(element.duration) ? { [EXTENSIONS.mediaLength]: thousandths(element.duration) } : {};
  const threshold = verb === "completed" || verb === "paused" ? { [EXTENSIONS.mediaThreshold]: THRESHOLD } : {};
  return statements.make(verb, object, resultOf(watched), {
    lists: { category: [{ id: CATEGORIES.video }], parent: [lesson !== null && course.structure === "single" ? statements.lesson(lesson) : home] },
    extensions: { [EXTENSIONS.mediaSession]: session, ...length, ...threshold },
  });
}

function resultOf({ verb, time, from, segments, progress, spent }: Watched): Result {
  const seen: Extensions = { [EXTENSIONS.mediaTime]: time, [EXTENSIONS.mediaProgress]: progress, [EXTENSIONS.mediaSegments]: segments };
  switch (verb) {
    case "played":
      return { extensions: { [EXTENSIONS.mediaTime]: time } };
    case "seeked":
      return { extensions: { [EXTENSIONS.mediaFrom]: from, [EXTENSIONS.mediaTo]: time } };
    case "paused":
      return { extensions: seen };
    case "completed":
      return { completion: true, duration: timespan2004(spent), extensions: seen };
  }
}

function lessonAround(element: Element, course: CourseData): LessonData | null {
  const id = element.closest<HTMLElement>("main")?.dataset["lesson"] ?? document.querySelector<HTMLElement>("main")?.dataset["lesson"];
  return course.modules.flatMap((module) => module.lessons).find((lesson) => lesson.id === id) ?? null;
}

function nameOf(element: Element): string {
  const caption = element.closest("figure")?.querySelector("figcaption")?.textContent ?? "";
  return (element.getAttribute("aria-label") ?? caption).replace(/\s+/g, " ").trim();
}
