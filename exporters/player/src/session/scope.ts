// The part of the course that this session judges: one lesson where each lesson is a SCO, else everything.

import type { CourseData, LessonData, ModuleData, QuestionSummary } from "../course";

export class Scope {
  readonly lessons: readonly LessonData[];
  readonly questions: readonly QuestionSummary[];
  readonly scored: readonly QuestionSummary[];
  readonly lessonsNeeded: number;
  private readonly byId: ReadonlyMap<string, LessonData>;
  private readonly moduleOf: ReadonlyMap<string, ModuleData>;
  private readonly questionById: ReadonlyMap<string, { readonly question: QuestionSummary; readonly lesson: LessonData }>;
  private readonly keys: ReadonlySet<string>;

  constructor(readonly course: CourseData, readonly only: string | null) {
    const inModules = course.modules.flatMap((module) => module.lessons.map((lesson) => ({ module, lesson })));
    this.lessons = inModules.map(({ lesson }) => lesson).filter((lesson) => only === null || lesson.id === only);
    this.questions = this.lessons.flatMap((lesson) => lesson.questions);
    this.scored = this.questions.filter((question) => question.scored);
    // The slack keeps 0.7 × 10 at 7: in binary the product is a little more.
    this.lessonsNeeded = only === null ? Math.ceil(this.lessons.length * course.pass.lessons - 1e-9) : this.lessons.length;
    this.byId = new Map(this.lessons.map((lesson) => [lesson.id, lesson]));
    this.moduleOf = new Map(inModules.map(({ module, lesson }) => [lesson.id, module]));
    this.questionById = new Map(
      this.lessons.flatMap((lesson) => lesson.questions.map((question) => [question.id, { question, lesson }])),
    );
    this.keys = new Set([...this.lessons, ...this.questions].map(({ key }) => key));
  }

  lesson(id: string): LessonData | undefined {
    return this.byId.get(id);
  }

  question(id: string): { readonly question: QuestionSummary; readonly lesson: LessonData } | undefined {
    return this.questionById.get(id);
  }

  knows(key: string): boolean {
    return this.keys.has(key);
  }

  /** Lessons to complete before `lesson` may be entered. Where each lesson is a SCO, that is the LMS's business. */
  before(lesson: LessonData, isCompleted: (lesson: LessonData) => boolean): readonly string[] {
    if (this.only !== null) return [];
    const wanted = new Set(this.moduleOf.get(lesson.id)?.prerequisites ?? []);
    const required = this.course.modules.filter((module) => wanted.has(module.id)).flatMap((module) => module.lessons);
    const earlier = this.course.sequence === "linear" ? this.lessons.slice(0, this.lessons.indexOf(lesson)) : [];
    const open = new Set([...required, ...earlier].filter((each) => !isCompleted(each)));
    return this.lessons.filter((each) => open.has(each)).map(({ id }) => id);
  }
}
