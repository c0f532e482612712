// What a launch tells: where the store is, who learns, on which activity, and in cmi5 the LMS's wishes.

import type { CourseData } from "../course";
import type { Mode } from "../runtime/runtime";
import { type Answer, isPassing } from "./client";
import { isObject, keepInTab, recallInTab } from "./keep";
import { Patience } from "./patience";
import type { Actor, Context } from "./vocabulary";

export interface Launched {
  readonly standard: "cmi5" | "xapi";
  readonly endpoint: string;
  readonly authorization: string;
  readonly actor: Actor;
  readonly registration: string | null;
  readonly activityId: string;
  readonly template: Context;
  readonly mode: Mode;
  readonly masteryScore: number | null;
  readonly passWanted: boolean; // the LMS waits for `passed`, even where nothing is judged (moveOn)
  readonly returnUrl: string | null;
  readonly languages: readonly string[]; // the learner's, the preferred one first
  readonly silent: boolean; // the learner wants no sound
  readonly tab: Tab;
}

/** Why nothing will be recorded: the page was opened without an LMS, or the LMS didn't accept the launch. */
export type Unlaunched = "no-lms" | "not-recorded";

/** What the tab remembers of its launch, so that a reload continues it: the token can be fetched only once. */
export interface Tab {
  readonly key: string;
  readonly query: string;
  readonly authorization: string | null;
  readonly returnUrl: string | null;
  readonly began: number;
  readonly verbs: readonly string[]; // of the unit's own statements, so far in this session
  readonly over: boolean; // `terminated` is on its way
}

export function keepTab(tab: Tab): boolean {
  const { key, ...rest } = tab;
  return keepInTab(key, rest);
}

/**
 * The launch in the address, or the one that this tab had before. The address is then freed of it: a link to the same
 * page must stay in the document, and a token in the address bar ends up in bookmarks and screenshots.
 */
export function findTab(course: CourseData, lesson: string | null): Tab | null {
  const key = ["lingjun", "launch", course.id, lesson ?? ""].join(":");
  const known = recallInTab(key, isTab);
  const { search, pathname, hash } = window.location;
  if (!new URLSearchParams(search).has("endpoint")) return known === null ? null : { ...known, key };
  const same = known?.query === search;
  const tab = same ? { ...known, key } : { key, query: search, authorization: null, returnUrl: null, began: Date.now(), verbs: [], over: false };
  if (keepTab(tab)) window.history.replaceState(window.history.state, "", pathname + hash);
  return tab;
}

function isTab(value: unknown): value is Omit<Tab, "key"> {
  return isObject(value) && typeof value["query"] === "string" && typeof value["began"] === "number" && Array.isArray(value["verbs"]);
}

/** The parameters that both standards share; null where one is missing or is nothing of the kind. */
export function parametersOf(tab: Tab): { readonly get: (name: string) => string; readonly endpoint: string; readonly actor: Actor } | null {
  const query = new URLSearchParams(tab.query);
  const get = (name: string): string => query.get(name) ?? "";
  const [endpoint, actor] = [get("endpoint"), parseActor(get("actor"))];
  return /^https?:\/\//i.test(endpoint) && actor !== null ? { get, endpoint, actor } : null;
}

function parseActor(text: string): Actor | null {
  try {
    const actor = JSON.parse(text) as unknown;
    return isObject(actor) ? actor : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

const MOST_TRIES = 6; // over some twenty seconds
const FIRST_WAIT = 700; // milliseconds

/** Asks again while the answer speaks of the moment only: a learner whose LMS restarts shouldn't have to. */
export async function persist(ask: () => Promise<Answer>): Promise<Answer> {
  const patience = new Patience(FIRST_WAIT);
  let answer = await ask();
  for (let tries = 1; tries < MOST_TRIES && isPassing(answer.status); tries += 1) {
    await new Promise((done) => setTimeout(done, Math.min(patience.next(answer.wait), 10_000)));
    answer = await ask();
  }
  return answer;
}
