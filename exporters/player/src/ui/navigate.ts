// How the reader gets from page to page. Plain pages: ordinary links. One SCO for all: the document must stay, so
// the next page is fetched and only <main> changes. One SCO a lesson: the LMS alone opens other lessons.

import type { Structure } from "../course";
import { lessonById, type App } from "./app";
import { announce } from "./announce";
import { bring, find } from "./dom";
import { notice, removeNotice } from "./notices";

export type Mount = () => void;

// A runtime that can ask the LMS for another lesson (SCORM 2004's adl.nav.request).
interface Navigating {
  navigate(lesson: string): boolean;
}

const INDEX = "index.html";

export function mountNavigation(app: App, mount: Mount): void {
  const followers: Record<Structure, ((app: App, target: Target, mount: Mount) => boolean) | null> = {
    pages: null,
    single: swap,
    lessons: askLms,
  };
  const follow = followers[app.course.structure];
  if (!follow) return;
  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const link = (event.target as Element).closest<HTMLAnchorElement>("a[href]");
    const target = link && !link.target && !link.hasAttribute("download") ? targetOf(app, new URL(link.href)) : null;
    if (target && follow(app, target, mount)) event.preventDefault();
  });
  if (app.course.structure !== "single") return;
  shown = pageOf(new URL(location.href));
  addEventListener("popstate", () => {
    const target = targetOf(app, new URL(location.href));
    if (target && target.page !== shown) void load(app, target, mount, false);
  });
}

interface Target {
  readonly page: string;
  readonly anchor: string;
  readonly title: string;
  readonly lesson: string | null;
}

let shown = ""; // the page whose <main> is in the document
let latest = 0; // the newest load: slower ones before it are dropped

function pageOf(url: URL): string {
  return url.pathname.slice(url.pathname.lastIndexOf("/") + 1) || INDEX;
}

function targetOf(app: App, url: URL): Target | null {
  const here = new URL(".", location.href);
  if (url.origin !== here.origin || new URL(".", url).pathname !== here.pathname) return null;
  const page = pageOf(url);
  const lesson = app.lessons.find((each) => each.page === page);
  if (!lesson && page !== INDEX) return null;
  const anchor = decodeURIComponent(url.hash.slice(1));
  return { page, anchor, title: lesson?.title ?? app.course.title, lesson: lesson?.id ?? null };
}

function swap(app: App, target: Target, mount: Mount): boolean {
  if (target.page === shown && target.anchor) return false; // a jump within the page is the browser's business
  if (target.page === shown) {
    arrive(""); // the browser would load the document anew, and end the session with it
    return true;
  }
  void load(app, target, mount, true);
  return true;
}

async function load(app: App, target: Target, mount: Mount, push: boolean): Promise<void> {
  const turn = ++latest;
  document.documentElement.setAttribute("aria-busy", "true");
  const next = await fetchPage(target.page);
  if (turn !== latest) return;
  document.documentElement.removeAttribute("aria-busy");
  const main = next && find(next, "main");
  if (!next || !main) {
    notice(app, "page", "warning", app.say.pageFailed(target.title));
    announce(app.say.pageFailed(target.title));
    return;
  }
  removeNotice("page");
  removeNotice("resume");
  const address = target.anchor ? `${target.page}#${encodeURIComponent(target.anchor)}` : target.page;
  if (push) history.pushState(null, "", address);
  shown = target.page;
  document.title = next.title;
  find(document, "main")?.replaceWith(document.adoptNode(main));
  mount();
  arrive(target.anchor);
}

async function fetchPage(page: string): Promise<Document | null> {
  try {
    const answer = await fetch(page, { credentials: "same-origin" });
    if (!answer.ok) return null;
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch (error) {
    if (error instanceof TypeError) return null; // the network's answer to fetch
    throw error;
  }
}

// Puts reader and screen reader where the link led: its anchor, else the page's heading.
export function arrive(anchor: string): void {
  const at = anchor ? document.getElementById(anchor) : null;
  const heading = find(document, "main h1");
  if (at) bring(at);
  else {
    heading?.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }
}

function askLms(app: App, target: Target): boolean {
  if (!target.lesson || target.lesson === find(document, "main")?.dataset["lesson"]) return false;
  const runtime: Partial<Navigating> = app.runtime as object;
  if (runtime.navigate?.(target.lesson)) return true;
  const words = app.say.elsewhere(lessonById(app, target.lesson)?.title ?? target.title);
  notice(app, "page", "info", words);
  announce(words);
  return true;
}
