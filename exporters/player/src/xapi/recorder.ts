// What the learner does becomes statements: which, and when. The rules that reach over statements are here: in a
// session `initialized` first and `terminated` last, one of `passed` and `failed`; in a registration one `completed`,
// one `passed`, no `failed` after it (cmi5 9.3). What earlier sessions sent is told by `Before`.
//
// `failed` waits for the end of the session: a learner who fails, tries again and passes could not be told as passed in
// the same session otherwise. Who fails and leaves is told as failed while leaving.

import type { CourseData, LessonData } from "../course";
import { timespan2004 } from "../runtime/format";
import type { Answered, Snapshot } from "../runtime/runtime";
import { decode } from "../session/codec";
import { definition, responseText } from "./interactions";
import type { Clock } from "./clock";
import type { Launched } from "./launch";
import type { Statements } from "./statements";
import { ACTIVITIES, EXTENSIONS, type Result, type Statement } from "./vocabulary";

export interface Before {
  readonly completed: boolean;
  readonly passed: boolean;
  readonly failed: boolean; // the failure that the saved state shows was told
}

const QUARTER = 25; // percent

export class Recorder {
  private completed: boolean;
  private passed: boolean;
  private failed: boolean;
  private verdictTold: boolean; // this session has its `passed` or `failed`
  private snapshot: Snapshot | null = null;
  private percent = -1; // told last
  private reading: { readonly lesson: LessonData; readonly since: number } | null = null;
  private readonly lessonOf = new Map<string, LessonData>();

  constructor(
    private readonly launched: Launched,
    private readonly course: CourseData,
    private readonly statements: Statements,
    private readonly clock: Clock,
    before: Before,
    private readonly add: (...statements: Statement[]) => void,
  ) {
    ({ completed: this.completed, passed: this.passed, failed: this.failed } = before);
    this.verdictTold = launched.tab.verbs.some((verb) => verb === "passed" || verb === "failed");
    for (const lesson of course.modules.flatMap((module) => module.lessons)) {
      for (const { id } of lesson.questions) this.lessonOf.set(id, lesson);
    }
  }

  get told(): Before {
    return { completed: this.completed, passed: this.passed, failed: this.failed };
  }

  answered({ question, response, correct, latency }: Answered): void {
    const lesson = this.lessonOf.get(question.id) ?? null;
    const home = this.statements.home(lesson);
    const label = lesson?.questions.find(({ id }) => id === question.id)?.label ?? question.id;
    const text = responseText(question, response);
    const scored = correct !== null && question.points > 0;
    const result: Result = {
      ...(text === null ? {} : { response: text }),
      ...(correct === null ? {} : { success: correct }),
      ...(scored ? { score: { scaled: correct ? 1 : 0, raw: correct ? question.points : 0, min: 0, max: question.points } } : {}),
      duration: timespan2004(latency),
    };
    const object = {
      objectType: "Activity" as const,
      id: `${home.id}/questions/${encodeURIComponent(question.id)}`,
      definition: definition(question, label, this.course.language),
    };
    const parent = [this.course.structure === "single" && lesson !== null ? this.statements.lesson(lesson) : home];
    this.add(this.statements.make("answered", object, result, { lists: { parent, other: this.objectives(question.objectives) } }));
  }

  /** The first snapshot shows what earlier sessions left; from the second on the learner is in the lesson it names. */
  follow(snapshot: Snapshot): void {
    const begun = this.snapshot !== null;
    this.snapshot = snapshot;
    if (snapshot.success !== "failed") this.failed = false;
    if (begun && this.course.structure === "single") this.read(snapshot);
    if (snapshot.completion === "completed" && !this.completed) this.complete(snapshot);
    if (snapshot.success === "passed" && this.isJudged(snapshot)) this.judge("passed", snapshot);
    const percent = this.percentOf(snapshot);
    if (!begun) this.percent = percent;
    if (Math.floor(percent / QUARTER) > Math.floor(this.percent / QUARTER)) this.progress(percent);
  }

  /** All that is left to say when the learner leaves. */
  end(): void {
    this.leaveLesson();
    const { snapshot } = this;
    if (snapshot !== null) {
      const percent = this.percentOf(snapshot);
      if (percent !== this.percent) this.progress(percent);
      if (snapshot.success === "failed" && !this.failed && this.isJudged(snapshot)) this.judge("failed", snapshot);
      if (snapshot.completion !== "completed" || snapshot.success === "unknown") this.add(this.statements.make("suspended", this.statements.unit));
    }
    this.add(this.statements.defined("terminated"));
  }

  private complete(snapshot: Snapshot): void {
    this.completed = true;
    this.add(this.statements.defined("completed", { completion: true }));
    const { score } = snapshot;
    // cmi5 has a place for a score in `passed` and `failed` only (9.5.1).
    if (score !== null && !this.isJudged(snapshot)) this.add(this.statements.make("scored", this.statements.unit, { score: this.score(score.raw / score.max, null) }));
  }

  private judge(verb: "passed" | "failed", { score }: Snapshot): void {
    if (this.passed || this.verdictTold) return;
    this.verdictTold = true;
    this[verb] = true;
    const { masteryScore } = this.launched;
    const result = { success: verb === "passed", ...(score === null ? {} : { score: this.score(score.raw / score.max, verb) }) };
    const extensions = score === null || masteryScore === null ? {} : { [EXTENSIONS.masteryScore]: masteryScore };
    this.add(this.statements.defined(verb, result, extensions));
  }

  /** Something to score and a mark to reach; or an LMS that waits for `passed` all the same. */
  private isJudged({ score }: Snapshot): boolean {
    return (score !== null && this.course.pass.score !== null) || this.launched.passWanted;
  }

  /** Rounding must not carry a score over the mark that decided (cmi5 9.3.4, 9.3.5). Points as the learner sees them. */
  private score(share: number, verb: "passed" | "failed" | null): NonNullable<Result["score"]> {
    const mark = this.course.pass.score ?? 0;
    const rounded = Math.round(share * 10_000) / 10_000;
    const scaled = verb === "passed" ? Math.max(rounded, mark) : verb === "failed" && rounded >= mark ? share : rounded;
    return { scaled, raw: Math.floor(100 * share + 1e-9), min: 0, max: 100 };
  }

  private progress(percent: number): void {
    this.percent = percent;
    if (this.completed) return; // cmi5 9.5.5.1
    this.add(this.statements.make("progressed", this.statements.unit, { extensions: { [EXTENSIONS.progress]: percent } }));
  }

  private percentOf(snapshot: Snapshot): number {
    return Math.min(100, Math.max(0, Math.floor(100 * snapshot.progress + 1e-9)));
  }

  private read({ location }: Snapshot): void {
    const [page] = location.split("#");
    if (this.reading?.lesson.page === page) return;
    this.leaveLesson();
    const lesson = this.course.modules.flatMap((module) => module.lessons).find((each) => each.page === page);
    if (lesson !== undefined) this.reading = { lesson, since: this.clock.now() };
  }

  private leaveLesson(): void {
    if (this.reading === null || this.snapshot === null) return;
    const { lesson, since } = this.reading;
    this.reading = null;
    const completion = decode(this.snapshot.state).progress.completed.has(lesson.key);
    const result = { completion, duration: timespan2004(this.clock.now() - since) };
    this.add(this.statements.make("experienced", this.statements.lesson(lesson), result, { lists: { parent: [this.statements.unit] } }));
  }

  private objectives(ids: readonly string[]): { id: string; definition: { type: string; name: { [tag: string]: string } } }[] {
    return this.course.objectives.flatMap(({ id, iri, text }) =>
      iri !== undefined && ids.includes(id) ? [{ id: iri, definition: { type: ACTIVITIES.objective, name: this.statements.words(text) } }] : [],
    );
  }
}
