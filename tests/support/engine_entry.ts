// What the Python tests call in the real engine: one JSON line in, one JSON line out.

import { createInterface } from "node:readline";

import type { CourseData, QuestionData, Response } from "../../exporters/player/src/course";
import { judge } from "../../exporters/player/src/questions/judge";
import { readNumber } from "../../exporters/player/src/questions/number";
import { time12, time2004, timespan12, timespan2004 } from "../../exporters/player/src/runtime/format";
import { identifier } from "../../exporters/player/src/runtime/identifier";
import { patterns12, response12 } from "../../exporters/player/src/runtime/patterns12";
import { patterns2004, response2004 } from "../../exporters/player/src/runtime/patterns2004";
import type { Answered, Launch, Runtime, Snapshot, Trouble } from "../../exporters/player/src/runtime/runtime";
import { decode } from "../../exporters/player/src/session/codec";
import { Engine } from "../../exporters/player/src/session/engine";
import { fit } from "../../exporters/player/src/session/fit";
import type { Answer, Progress } from "../../exporters/player/src/session/progress";

interface PlainProgress extends Omit<Progress, "entered" | "completed" | "questions"> {
  entered: string[];
  completed: string[];
  questions: Record<string, Answer>;
}

const calls: Record<string, (...words: never[]) => unknown> = {
  encode: (progress: PlainProgress, known: string[] | null, limit: number) => {
    const keys = known && new Set(known);
    return fit(
      {
        ...progress,
        entered: new Set(progress.entered),
        completed: new Set(progress.completed),
        questions: new Map(Object.entries(progress.questions)),
      },
      (key) => keys === null || keys.has(key),
      limit,
    );
  },
  decode: (text: string) => {
    const { progress, ...rest } = decode(text);
    const { entered, completed, questions } = progress;
    return { ...rest, progress: { ...progress, entered: [...entered], completed: [...completed], questions: Object.fromEntries(questions) } };
  },
  judge: (question: QuestionData, response: Response) => judge(question, response),
  number: (text: string) => readNumber(text),
  identifier: (id: string) => identifier(id),
  timespan12: (milliseconds: number) => timespan12(milliseconds),
  timespan2004: (milliseconds: number) => timespan2004(milliseconds),
  time12: (milliseconds: number) => time12(new Date(milliseconds)),
  time2004: (milliseconds: number) => time2004(new Date(milliseconds)),
  patterns12: (question: QuestionData) => patterns12(question),
  response12: (question: QuestionData, response: Response) => response12(question, response),
  patterns2004: (question: QuestionData) => patterns2004(question),
  response2004: (question: QuestionData, response: Response) => response2004(question, response),
  open: (course: CourseData, lesson: string | null, launch: Launch) => open(course, lesson, launch),
  act: (name: "visit" | "answer" | "completeLesson" | "retake" | "finish", ...words: never[]) => act(name, words),
  look: (name: "lesson" | "question" | "overall" | "startPage" | "resumed", ...words: never[]) => {
    const session = opened.session as unknown as Record<string, unknown>;
    const found = session[name];
    return typeof found === "function" ? (found as (...given: never[]) => unknown).apply(session, words) : found;
  },
};

const opened: { session: Engine | null; saved: Snapshot | null; answered: Answered[]; troubles: Trouble[] } = {
  session: null,
  saved: null,
  answered: [],
  troubles: [],
};

function open(course: CourseData, lesson: string | null, launch: Launch): unknown {
  Object.assign(opened, { saved: null, answered: [], troubles: [] });
  const recorder: Runtime = {
    kind: "local",
    start: () => Promise.resolve(launch),
    answered: (answer) => opened.answered.push(answer),
    save: (snapshot) => (opened.saved = snapshot),
    flush: () => Promise.resolve(true),
    finish: () => undefined,
    onTrouble: () => undefined,
    onReplaced: () => undefined,
  };
  opened.session = new Engine(course, recorder, lesson, launch);
  opened.session.onTrouble((trouble) => opened.troubles.push(trouble));
  return record(null);
}

function act(name: string, words: never[]): unknown {
  const session = opened.session as unknown as Record<string, (...given: never[]) => unknown>;
  return record(session[name]?.(...words) ?? null);
}

function record(result: unknown): unknown {
  return { result, saved: opened.saved, answered: opened.answered.length, troubles: opened.troubles };
}

createInterface({ input: process.stdin }).on("line", (line) => {
  const [name, ...words] = JSON.parse(line) as [string, ...never[]];
  try {
    process.stdout.write(`${JSON.stringify({ result: calls[name]?.(...words) ?? null })}\n`);
  } catch (error) {
    process.stdout.write(`${JSON.stringify({ error: String((error as Error).stack) })}\n`);
  }
});
