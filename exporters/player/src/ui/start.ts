// Brings a page to life: opens the session, then the bar, the notices, and whatever <main> holds.

import type { CourseData } from "../course";
import type { Runtime } from "../runtime/runtime";
import { openSession } from "../session/open";
import type { App } from "./app";
import { mountBar } from "./bar";
import { mountCover } from "./cover";
import { bring, el, find } from "./dom";
import { mountExit } from "./exit";
import { releaseLinks } from "./hold";
import { mountLesson } from "./lesson";
import { mountNavigation, type Mount } from "./navigate";
import { notice, showMode, showTrouble } from "./notices";
import { wordsFor } from "./words";

declare global {
  var lingjunCourse: CourseData | undefined; // course.js
}

export type CreateRuntime = (course: CourseData, lesson: string | null) => Runtime;

export async function start(create: CreateRuntime): Promise<void> {
  const course = globalThis.lingjunCourse;
  if (!course) throw new Error("course.js is missing");
  const lesson = course.structure === "lessons" ? (find(document, "main")?.dataset["lesson"] ?? null) : null;
  const runtime = create(course, lesson);
  try {
    begin(course, runtime, await openSession(course, runtime, lesson));
  } catch (error) {
    const say = wordsFor(course.interface);
    const words = el("section", { class: "notices" }, el("p", { role: "alert" }, `${say.unavailable}。${say.unavailableWhy}`));
    find(document, "header.bar")?.after(words);
    throw error;
  } finally {
    releaseLinks();
  }
}

function begin(course: CourseData, runtime: Runtime, session: App["session"]): void {
  let views: (() => void)[] = [];
  const app: App = {
    course,
    session,
    runtime,
    say: wordsFor(course.interface),
    lessons: course.modules.flatMap((module) => module.lessons),
    last: { page: session.startPage },
    onChange: (refresh) => {
      views.push(refresh);
      refresh();
    },
  };
  const bar = mountBar(app);
  mountExit(app);
  session.subscribe(() => [bar, ...views].forEach((refresh) => refresh()));
  const mount: Mount = () => {
    views = [];
    mountMain(app);
    bar();
  };
  mountNavigation(app, mount);
  mount();
  showMode(app);
  session.onTrouble((trouble) => showTrouble(app, trouble));
  offerPlace(app);
}

function mountMain(app: App): void {
  const main = find(document, "main");
  if (!main) return;
  const lesson = main.dataset["lesson"];
  if (lesson === undefined) mountCover(app, main);
  else mountLesson(app, main, lesson);
}

// Opened at a lesson's top though the reader was further down it: a way there, never a jump.
function offerPlace(app: App): void {
  const [page, anchor] = app.session.startPage.split("#");
  const here = app.lessons.find((lesson) => lesson.id === find(document, "main")?.dataset["lesson"]);
  if (!app.session.resumed || !anchor || here?.page !== page || location.hash) return;
  const target = document.getElementById(decodeURIComponent(anchor));
  if (!target) return;
  const link = el("a", { href: `#${anchor}` }, app.say.resumeHere);
  link.addEventListener("click", () => bring(target));
  notice(app, "resume", "info", app.say.welcome(app.session.learner), link);
}
