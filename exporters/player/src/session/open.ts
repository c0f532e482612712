// Starts a session and ties it to the life of the page. In a SCORM package the document must outlive the whole
// session: leaving it finishes the session.

import type { CourseData } from "../course";
import type { Runtime } from "../runtime/runtime";
import { Engine } from "./engine";
import type { Session } from "./session";

/** `lesson`: the one lesson of this SCO where each lesson is a SCO; null where the whole course is one. */
export async function openSession(course: CourseData, runtime: Runtime, lesson: string | null): Promise<Session> {
  const launch = await runtime.start();
  const session = new Engine(course, runtime, lesson, launch);
  // `unload` and `beforeunload` are blocked by browsers and by LMSs' permissions policies.
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") void runtime.flush();
  });
  window.addEventListener("online", () => void runtime.flush());
  window.addEventListener("pagehide", () => session.finish());
  // Back from the back/forward cache the LMS session is over and the state may be stale: begin anew.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) window.location.reload();
  });
  return session;
}
