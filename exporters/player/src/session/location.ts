// Where the learner is: a lesson's page and an anchor, in ASCII, within SCORM 1.2's 255 characters.

import type { LessonData } from "../course";

const LIMIT = 255;

export function placeIn(page: string, anchor: string): string {
  const place = anchor === "" ? page : `${page}#${encodeURIComponent(anchor)}`;
  return place.length <= LIMIT ? place : page;
}

/** The saved location if its page still exists; else the lesson visited last (LMSs lose locations); else the first. */
export function startPage(lessons: readonly LessonData[], location: string, last: string): string {
  const [page = "", anchor = ""] = location.split("#");
  if (lessons.some((lesson) => lesson.page === page)) return isWhole(anchor) ? location : page;
  return (lessons.find((lesson) => lesson.key === last) ?? lessons[0])?.page ?? "";
}

/** An LMS may have cut the anchor off inside a character. */
function isWhole(anchor: string): boolean {
  try {
    return decodeURIComponent(anchor) !== "";
  } catch (error) {
    if (error instanceof URIError) return false;
    throw error;
  }
}
