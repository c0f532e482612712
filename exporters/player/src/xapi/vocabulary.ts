// The words of xAPI, stated once as data, and the shapes of what is sent (xAPI 1.0.3, Part Two).

import data from "../../../../schemas/xapi.json";

export const { version: VERSION, verbs: VERBS, activities: ACTIVITIES, categories: CATEGORIES, extensions: EXTENSIONS, interactions: INTERACTIONS } = data;

export type VerbName = keyof typeof VERBS;
export type LanguageMap = Readonly<Record<string, string>>;
export type Extensions = Readonly<Record<string, unknown>>;
export type Actor = Readonly<Record<string, unknown>>;

export interface Activity {
  readonly objectType?: "Activity";
  readonly id: string;
  readonly definition?: Readonly<Record<string, unknown>>;
}

export interface Result {
  readonly score?: { readonly scaled: number; readonly raw?: number; readonly min?: number; readonly max?: number };
  readonly success?: boolean;
  readonly completion?: boolean;
  readonly response?: string;
  readonly duration?: string;
  readonly extensions?: Extensions;
}

export type ActivityList = "parent" | "grouping" | "category" | "other";
export type ContextActivities = Partial<Readonly<Record<ActivityList, Activity | readonly Activity[]>>>;

/** As a launch gives it, and as it is sent. */
export interface Context {
  readonly registration?: string;
  readonly language?: string;
  readonly contextActivities?: ContextActivities;
  readonly extensions?: Extensions;
  readonly [more: string]: unknown;
}

export interface Statement {
  readonly id: string;
  readonly actor: Actor;
  readonly verb: { readonly id: string; readonly display: LanguageMap };
  readonly object: Activity;
  readonly result?: Result;
  readonly context: Context;
  readonly timestamp: string;
}
