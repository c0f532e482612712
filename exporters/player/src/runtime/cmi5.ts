// cmi5 (specification Quartz, 1st edition): how a launch becomes a session.

import type { CourseData, Language } from "../course";
import { Client, isDone, request } from "../xapi/client";
import { isObject, parseJson } from "../xapi/keep";
import { findTab, keepTab, type Launched, parametersOf, persist, type Tab, type Unlaunched } from "../xapi/launch";
import { type Prepared, prepared } from "../xapi/prepared";
import type { Context } from "../xapi/vocabulary";

const PREFERENCES = "cmi5LearnerPreferences";
const MODES = { Normal: "normal", Browse: "browse", Review: "review" } as const;

export async function prepareCmi5(course: CourseData, lesson: string | null): Promise<Prepared> {
  const launched = await launch(course, lesson);
  if (typeof launched === "string") return prepared(course, launched);
  const { masteryScore: score, languages } = launched;
  const pass = score === null ? course.pass : { ...course.pass, score };
  return prepared({ ...course, pass, interface: interfaceFor(languages, course) }, launched);
}

/** Sections 8, 10 and 11, in their order. Nothing is sent to the store before all three are done. */
async function launch(course: CourseData, lesson: string | null): Promise<Launched | Unlaunched> {
  const found = findTab(course, lesson);
  if (found === null) return "no-lms";
  const parameters = parametersOf(found);
  if (found.over && found.returnUrl !== null) window.location.replace(found.returnUrl); // to begin another session there
  const tab = parameters === null || found.over ? null : await authorize(found, parameters.get("fetch"));
  if (parameters === null || tab?.authorization == null) return "not-recorded";
  const { get, endpoint, actor } = parameters;
  const [activityId, registration] = [get("activityId"), get("registration")];
  const client = new Client(endpoint, tab.authorization);
  const agent = JSON.stringify(actor);
  const [data, preferences] = await Promise.all([
    read(client, "activities/state", { activityId, agent, registration, stateId: "LMS.LaunchData" }),
    read(client, "agents/profile", { agent, profileId: PREFERENCES }),
  ]);
  const template = data?.["contextTemplate"];
  if (data === null || !isObject(template)) return "not-recorded";
  const address = data["returnURL"];
  const returnUrl = typeof address === "string" && /^https?:\/\//i.test(address) ? address : null;
  const mastery = Number(data["masteryScore"] ?? NaN);
  const moveOn = String(data["moveOn"] ?? "");
  return {
    standard: "cmi5",
    endpoint,
    authorization: tab.authorization,
    actor,
    registration,
    activityId,
    template: template as Context,
    mode: MODES[data["launchMode"] as keyof typeof MODES] ?? "normal",
    masteryScore: mastery >= 0 && mastery <= 1 ? mastery : null,
    passWanted: moveOn === "Passed" || moveOn === "CompletedAndPassed",
    returnUrl,
    languages: String(preferences?.["languagePreference"] ?? "").split(",").map((tag) => tag.trim()),
    silent: preferences?.["audioPreference"] === "off",
    tab: { ...tab, returnUrl },
  };
}

/** 8.2: the token comes once. A second call is answered with an error, so the tab remembers it. */
async function authorize(tab: Tab, address: string): Promise<Tab> {
  if (tab.authorization !== null) return tab;
  const { status, text } = await persist(() => request(address, { method: "POST" }));
  const answer = isDone(status) ? parseJson(text) : null;
  const token = isObject(answer) ? answer["auth-token"] : null;
  if (typeof token !== "string" || token === "") return tab;
  const authorized = { ...tab, authorization: `Basic ${token}` };
  keepTab(authorized);
  return authorized;
}

async function read(client: Client, resource: string, query: Readonly<Record<string, string>>): Promise<Record<string, unknown> | null> {
  const { status, text } = await persist(() => client.ask("GET", resource, { query }));
  const found = isDone(status) ? parseJson(text) : null;
  return isObject(found) ? found : null;
}

/** 11.1: the learner's first language that the course is offered in, for the player's own words. */
function interfaceFor(preferred: readonly string[], course: CourseData): Language {
  const offered = course.languages ?? [];
  return preferred.flatMap((tag) => offered.find((language) => tag.toLowerCase().startsWith(language)) ?? [])[0] ?? course.interface;
}
