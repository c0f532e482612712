// xAPI without cmi5, launched by the convention of Tin Can (`endpoint, auth, actor, activity_id, registration`). There
// is no launch data: the mark to reach is the course's own.

import type { CourseData } from "../course";
import { isObject } from "../xapi/keep";
import { findTab, type Launched, parametersOf, type Tab, type Unlaunched } from "../xapi/launch";
import { type Prepared, prepared } from "../xapi/prepared";
import type { Actor } from "../xapi/vocabulary";

export function prepareXapi(course: CourseData, lesson: string | null): Promise<Prepared> {
  return Promise.resolve(prepared(course, launch(course, lesson)));
}

function launch(course: CourseData, lesson: string | null): Launched | Unlaunched {
  const tab = findTab(course, lesson);
  if (tab === null) return "no-lms";
  const parameters = parametersOf(tab);
  const activityId = parameters?.get("activity_id") || course.iri;
  if (parameters === null || activityId === undefined) return "not-recorded";
  const { get, endpoint, actor } = parameters;
  return {
    standard: "xapi",
    endpoint,
    authorization: get("auth"),
    actor: modern(actor),
    registration: get("registration") || null,
    activityId,
    template: {},
    mode: "normal",
    masteryScore: null,
    passWanted: false,
    returnUrl: null,
    languages: [],
    silent: false,
    tab: tab.over ? anew(tab) : tab,
  };
}

/** There is no session that ends with a page: coming back begins another one under the same launch. */
function anew(tab: Tab): Tab {
  return { ...tab, began: Date.now(), verbs: [], over: false };
}

/** Launches in the wild still carry agents of version 0.9: every value in a list, and other names in an account. */
function modern(actor: Actor): Actor {
  const flat = Object.fromEntries(Object.entries(actor).map(([name, value]) => [name, Array.isArray(value) && name !== "member" ? (value as unknown[])[0] : value]));
  const { account } = flat;
  if (flat["objectType"] === "Person") flat["objectType"] = "Agent";
  if (isObject(account) && "accountServiceHomePage" in account) {
    flat["account"] = { homePage: account["accountServiceHomePage"], name: account["accountName"] };
  }
  return flat;
}
