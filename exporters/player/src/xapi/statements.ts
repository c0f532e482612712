// Builds statements: who, what, about what, in which context. cmi5's own statements differ from all others by their
// category alone (cmi5 9.6.2.1), so that both kinds are made here.

import type { CourseData, LessonData } from "../course";
import { timespan2004 } from "../runtime/format";
import { type Clock, uuid } from "./clock";
import type { Launched } from "./launch";
import { ACTIVITIES, type Activity, type ActivityList, CATEGORIES, type Context, type Result, type Statement, type VerbName, VERBS } from "./vocabulary";

export interface Around {
  readonly lists?: Partial<Readonly<Record<ActivityList, readonly Activity[]>>>;
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** A dead session's verbs: they say nothing in another one. */
const OF_A_SESSION: readonly VerbName[] = ["initialized", "terminated", "suspended", "resumed"];
/** Sent anew from the learner's state wherever they are missing. */
const OF_THE_UNIT: readonly VerbName[] = ["completed", "passed", "failed"];

export class Statements {
  constructor(
    private readonly launched: Launched,
    private readonly course: CourseData,
    private readonly clock: Clock,
  ) {}

  /** About the unit itself: the assignable unit of cmi5, or the course. */
  get unit(): Activity {
    const id = this.launched.activityId;
    if (this.launched.standard === "cmi5") return { objectType: "Activity", id }; // the LMS has described it (cmi5 9.4)
    return { objectType: "Activity", id, definition: { type: ACTIVITIES.course, name: this.words(this.course.title) } };
  }

  lesson(lesson: LessonData): Activity {
    const definition = { type: ACTIVITIES.lesson, name: this.words(lesson.title) };
    return { objectType: "Activity", id: lesson.iri ?? `${this.launched.activityId}/lessons/${encodeURIComponent(lesson.id)}`, definition };
  }

  /** The activity that questions and media belong to: cmi5 knows the unit only, by the id that the LMS gave it. */
  home(lesson: LessonData | null): Activity {
    return this.launched.standard === "cmi5" || lesson === null ? this.unit : this.lesson(lesson);
  }

  words(text: string): Record<string, string> {
    return { [this.course.language]: text };
  }

  make(verb: VerbName, object: Activity, result?: Result, around: Around = {}): Statement {
    return {
      id: uuid(),
      actor: this.launched.actor,
      verb: VERBS[verb],
      object,
      ...(result === undefined ? {} : { result }),
      context: this.context(around),
      timestamp: this.clock.stamp(),
    };
  }

  /** One that cmi5 defines (9.3), about the unit. Without cmi5 it is the same without the categories. */
  defined(verb: VerbName, result: Result = {}, extensions: Readonly<Record<string, unknown>> = {}): Statement {
    const timed = verb === "initialized" ? result : { ...result, duration: timespan2004(this.clock.elapsed()) };
    const judged = result.success !== undefined || result.completion !== undefined;
    const categories = this.launched.standard !== "cmi5" ? [] : [CATEGORIES.cmi5, ...(judged ? [CATEGORIES.moveOn] : [])];
    const category = categories.map((id) => ({ id }));
    return this.make(verb, this.unit, Object.keys(timed).length > 0 ? timed : undefined, { lists: { category }, extensions });
  }

  /**
   * What an earlier session of the registration couldn't deliver, told in this one; null for what has no place here.
   * The id stays, so that it can't be recorded twice: if the store has it after all, it answers with 409.
   */
  retell(statement: Statement): Statement | null {
    if (this.launched.standard !== "cmi5") return statement;
    const verb = Object.entries(VERBS).find(([, { id }]) => id === statement.verb.id)?.[0] as VerbName | undefined;
    const ofUnit = statement.object.id === this.launched.activityId && OF_THE_UNIT.some((name) => name === verb);
    if (verb === undefined || ofUnit || OF_A_SESSION.includes(verb)) return null;
    const { contextActivities = {}, extensions = {} } = statement.context;
    const { category, parent, other } = contextActivities;
    const lists = { category: list(category), parent: list(parent), other: list(other) };
    return { ...statement, context: this.context({ lists, extensions }), timestamp: this.clock.stamp() };
  }

  /** The launch's template unchanged, with more around it (cmi5 10.2.1). */
  private context({ lists = {}, extensions = {} }: Around): Context {
    const { template, registration } = this.launched;
    const activities: Partial<Record<ActivityList, readonly Activity[]>> = {};
    for (const name of ["parent", "grouping", "category", "other"] as const) {
      const given = list(template.contextActivities?.[name]);
      const more = (lists[name] ?? []).filter(({ id }) => !given.some((activity) => activity.id === id));
      if (given.length + more.length > 0) activities[name] = [...given, ...more];
    }
    const all = { ...extensions, ...template.extensions };
    return {
      language: this.course.language,
      ...template,
      ...(registration === null ? {} : { registration }),
      ...(Object.keys(activities).length > 0 ? { contextActivities: activities } : {}),
      ...(Object.keys(all).length > 0 ? { extensions: all } : {}),
    };
  }
}

function list(given: Activity | readonly Activity[] | undefined): readonly Activity[] {
  if (given === undefined) return [];
  return Array.isArray(given) ? (given as readonly Activity[]) : [given as Activity];
}
