// The session: what the learner did, judged by the rules, saved through the run-time interface.

import type { CourseData, LessonData, QuestionData, QuestionSummary, Response } from "../course";
import { judge } from "../questions/judge";
import type { Completion, Launch, Mode, ObjectiveStatus, Runtime, Snapshot, Success, Trouble } from "../runtime/runtime";
import { decode } from "./codec";
import { fit } from "./fit";
import { placeIn, startPage } from "./location";
import { type Answer, newProgress, type Progress } from "./progress";
import { judgeCourse, LESSON, type LessonEvent } from "./rules";
import { Scope } from "./scope";
import { objectiveStatus, tally, type Tally } from "./score";
import type { LessonStatus, Overall, QuestionStatus, Session } from "./session";

export class Engine implements Session {
  readonly mode: Mode;
  readonly resumed: boolean;
  readonly learner: string;
  readonly startPage: string;
  private readonly scope: Scope;
  private readonly listeners: (() => void)[] = [];
  private readonly troubled: ((trouble: Trouble) => void)[] = [];
  private progress: Progress;
  private location: string;
  private stateTooLong = false;
  private finished = false;

  constructor(
    private readonly course: CourseData,
    private readonly runtime: Runtime,
    lesson: string | null,
    launch: Launch,
  ) {
    this.scope = new Scope(course, lesson);
    this.mode = launch.mode;
    this.learner = launch.learner;
    const { progress, found, damaged } = decode(launch.state);
    this.progress = progress;
    this.resumed = found || launch.resumed;
    if (damaged || (!found && launch.resumed)) this.trustRecord(launch);
    this.startPage = startPage(this.scope.lessons, launch.location, progress.last);
    this.location = this.startPage;
    runtime.onReplaced((state) => this.replace(state));
    this.save();
  }

  lesson(id: string): LessonStatus {
    const lesson = this.scope.lesson(id);
    if (lesson === undefined) return { completion: "not attempted", open: true, because: [], missing: [] };
    const completion = this.completionOf(lesson);
    const because = completion === "completed" ? [] : this.scope.before(lesson, (each) => this.completionOf(each) === "completed");
    const missing = lesson.questions.filter((question) => question.scored && !this.progress.questions.has(question.key));
    return { completion, open: because.length === 0 || this.mode !== "normal", because, missing: missing.map((question) => question.id) };
  }

  question(id: string): QuestionStatus {
    const found = this.scope.question(id);
    return this.statusOf(found?.question, found && this.progress.questions.get(found.question.key));
  }

  overall(): Overall {
    const { won, possible, allAnswered } = this.tally();
    const { completion, success } = this.verdict();
    const { attempts } = this.course.pass;
    const retakesLeft = attempts > 0 ? Math.max(0, attempts - 1 - this.progress.runs) : null;
    return {
      completion,
      success,
      points: { won, possible },
      lessons: { completed: this.lessonsCompleted(), needed: this.scope.lessonsNeeded, all: this.scope.lessons.length },
      retakesLeft,
      retakable: this.mode !== "review" && success === "failed" && allAnswered && retakesLeft !== 0,
    };
  }

  visit(lessonId: string, anchor = ""): void {
    const lesson = this.scope.lesson(lessonId);
    if (lesson === undefined || this.finished || !this.lesson(lessonId).open) return;
    this.location = placeIn(lesson.page, anchor);
    this.progress.last = lesson.key;
    this.step(lesson, "opened");
    this.changed();
  }

  answer(question: QuestionData, response: Response, latency: number): QuestionStatus {
    const found = this.scope.question(question.id);
    const before = this.question(question.id);
    if (found === undefined || before.locked || this.finished || !this.lesson(found.lesson.id).open) return before;
    const correct = judge(question, response);
    const outcome = correct === null ? "neutral" : correct ? "right" : "wrong";
    const attempt = before.tries + 1;
    this.progress.questions.set(found.question.key, { outcome, tries: attempt, response, part: false });
    this.step(found.lesson, "answered");
    this.runtime.answered({ question, response, correct, attempt, at: new Date(), latency, index: this.progress.answers });
    this.progress.answers += 1;
    this.changed();
    return this.question(question.id);
  }

  completeLesson(id: string): boolean {
    const lesson = this.scope.lesson(id);
    if (lesson === undefined || this.finished || this.mode === "review") return false;
    const { open, missing } = this.lesson(id);
    if (!open || missing.length > 0) return false;
    this.step(lesson, "finished");
    this.changed();
    return true;
  }

  /** The LMS then shows the new attempt as it goes; only a pass is for ever. Lessons stay completed. */
  retake(): void {
    if (!this.overall().retakable || this.finished) return;
    for (const { key } of this.scope.scored) this.progress.questions.delete(key);
    this.progress.runs += 1;
    this.progress.best = 0;
    this.changed();
  }

  finish(): void {
    this.finished = true;
    this.runtime.finish();
  }

  subscribe(listener: () => void): void {
    this.listeners.push(listener);
  }

  onTrouble(listener: (trouble: Trouble) => void): void {
    this.troubled.push(listener);
    this.runtime.onTrouble(listener);
    if (this.stateTooLong) listener("state-too-long");
  }

  /** The state is cut off or gone although this isn't the first launch: what the LMS has on record stands. */
  private trustRecord({ prior }: Launch): void {
    if (prior.passed) this.progress.latch = "passed";
    else if (prior.completed && this.progress.latch === "none") this.progress.latch = "completed";
    this.progress.best = Math.max(this.progress.best, prior.share ?? 0);
  }

  private completionOf(lesson: LessonData): Completion {
    if (this.progress.completed.has(lesson.key)) return "completed";
    return this.progress.entered.has(lesson.key) ? "incomplete" : "not attempted";
  }

  private lessonsCompleted(): number {
    return this.scope.lessons.filter((lesson) => this.completionOf(lesson) === "completed").length;
  }

  private step(lesson: LessonData, event: LessonEvent): void {
    const next = LESSON[this.completionOf(lesson)][event];
    if (next === "incomplete") this.progress.entered.add(lesson.key);
    if (next !== "completed") return;
    this.progress.entered.delete(lesson.key);
    this.progress.completed.add(lesson.key);
  }

  private statusOf(question: QuestionSummary | undefined, answer: Answer | undefined): QuestionStatus {
    const tries = answer?.tries ?? 0;
    const left = question === undefined ? 0 : question.scored && question.attempts > 0 ? Math.max(0, question.attempts - tries) : Infinity;
    const kept = answer?.response ? (answer.part ? "part" : "whole") : "none";
    return {
      tries,
      left,
      locked: this.mode === "review" || answer?.outcome === "right" || left === 0,
      correct: answer === undefined || answer.outcome === "neutral" ? null : answer.outcome === "right",
      response: answer?.response ?? null,
      answered: answer !== undefined,
      kept,
    };
  }

  private tally(): Tally {
    return tally(this.scope.scored, this.progress.questions);
  }

  private verdict(): { completion: Completion; success: Success } {
    const { won, possible, allAnswered } = this.tally();
    const { latch, entered, completed, questions, best } = this.progress;
    return judgeCourse({
      latch,
      begun: entered.size + completed.size + questions.size > 0,
      lessonsDone: this.lessonsCompleted() >= this.scope.lessonsNeeded,
      scoreNeeded: possible > 0 ? this.course.pass.score : null,
      share: possible > 0 ? Math.max(best, won / possible) : 0,
      allAnswered,
    });
  }

  private changed(): void {
    const { completion, success } = this.verdict();
    if (success === "passed") {
      const { won, possible } = this.tally();
      this.progress.latch = "passed";
      if (possible > 0) this.progress.best = Math.max(this.progress.best, won / possible);
    } else if (completion === "completed") {
      this.progress.latch = "completed";
    }
    this.save();
    for (const listener of this.listeners) listener();
  }

  private save(): void {
    if (this.mode !== "normal") return;
    const { text, lost } = fit(this.progress, (key) => this.scope.knows(key), this.course.stateLimit);
    this.runtime.save(this.snapshot(text));
    if (lost === this.stateTooLong) return;
    this.stateTooLong = lost;
    for (const listener of this.troubled) listener(lost ? "state-too-long" : "none");
  }

  private snapshot(state: string): Snapshot {
    const { won, possible, anyAnswered } = this.tally();
    const { best } = this.progress;
    const objectives = this.course.objectives.flatMap(({ id }): ObjectiveStatus[] => {
      const assessing = this.scope.scored.filter((question) => question.objectives?.includes(id));
      return assessing.length > 0 ? [objectiveStatus(id, tally(assessing, this.progress.questions), this.course.pass.score)] : [];
    });
    return {
      ...this.verdict(),
      score: possible > 0 && (anyAnswered || best > 0) ? { raw: Math.max(won, best * possible), max: possible } : null,
      progress: this.share(),
      location: this.location,
      state,
      objectives,
    };
  }

  /** The share of lessons completed, as `completionThreshold` compares it; inside a lesson that is a SCO, of its questions. */
  private share(): number {
    const all = Math.max(1, this.scope.lessons.length);
    const done = this.lessonsCompleted() / all;
    // A newer version of the course may have more lessons than the one that was completed.
    if (this.verdict().completion === "completed") return Math.max(done, this.scope.lessonsNeeded / all);
    if (this.scope.only === null) return done;
    const answered = this.scope.scored.filter(({ key }) => this.progress.questions.has(key)).length;
    return answered / (this.scope.scored.length + 1);
  }

  private replace(state: string): void {
    const { progress, found } = decode(state);
    this.progress = found ? progress : newProgress();
    for (const listener of this.listeners) listener();
  }
}
