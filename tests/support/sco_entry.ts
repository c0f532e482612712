// The engine alone in a page: `session` for tests to call, and what it said of trouble.

import type { CourseData } from "../../exporters/player/src/course";
import { createLocalRuntime } from "../../exporters/player/src/runtime/local";
import type { Trouble } from "../../exporters/player/src/runtime/runtime";
import { createScorm12Runtime } from "../../exporters/player/src/runtime/scorm12";
import { createScorm2004Runtime } from "../../exporters/player/src/runtime/scorm2004";
import { openSession } from "../../exporters/player/src/session/open";
import type { Session } from "../../exporters/player/src/session/session";

declare global {
  var lingjunCourse: CourseData;
  var lingjunVersion: "1.2" | "2004" | "local";
  var session: Session | undefined;
  var troubles: Trouble[];
}

const create = { "1.2": createScorm12Runtime, "2004": createScorm2004Runtime, local: createLocalRuntime }[globalThis.lingjunVersion];
globalThis.troubles = [];
void openSession(globalThis.lingjunCourse, create(globalThis.lingjunCourse, null), null).then((session) => {
  session.onTrouble((trouble) => globalThis.troubles.push(trouble));
  globalThis.session = session;
});
