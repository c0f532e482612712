// Progress <-> saved state. Only letters, digits and `- _ . ! ~ * ( )` occur: nothing that an LMS, a URL, HTML,
// JSON or XML would escape. The sections, separated by `!`:
//
//   1                             version
//   runs.answers.latch.best       numbers in base 36; latch 0 none, 1 completed, 2 passed; best in 1/10,000
//   last                          key of the lesson visited last, or nothing
//   entered, completed            keys of lessons, four characters each
//   questions                     key, status, and where kept the response in round brackets
//   check                         two characters over everything before
//
// A question's status is one base64url digit: 16 × outcome + tries; 15 tries or more add `*tries*` in base 36
// (not where nothing is scored: there tries limit nothing).
// exporters/state_size.py computes the worst case of this format: change both together.

import { decodeResponse, encodeResponse } from "./responses";
import { type Answer, newProgress, type Outcome, type Progress } from "./progress";
import { digits, DIGITS, fromDigits } from "./text";

const VERSION = "1";
const OUTCOMES: readonly (Outcome | null)[] = [null, "right", "wrong", "neutral"];
const LATCHES = ["none", "completed", "passed"] as const;
const MANY = 15;
const MOST = { runs: 36 ** 3 - 1, answers: 36 ** 4 - 1, tries: 36 ** 4 - 1 };

export interface Decoded {
  readonly progress: Progress;
  readonly found: boolean; // a state of ours
  readonly damaged: boolean; // cut off: what could be read is there, the rest is lost
}

export function encodeHead(progress: Progress): string {
  const numbers = [
    Math.min(progress.runs, MOST.runs),
    Math.min(progress.answers, MOST.answers),
    LATCHES.indexOf(progress.latch),
    Math.round(progress.best * 10000),
  ];
  return `${VERSION}!${numbers.map((number) => number.toString(36)).join(".")}!${progress.last}!`;
}

export function encodeFacts(key: string, answer: Answer): string {
  const tries = answer.outcome === "neutral" ? Math.min(answer.tries, MANY - 1) : answer.tries;
  const status = DIGITS.charAt(16 * OUTCOMES.indexOf(answer.outcome) + Math.min(tries, MANY));
  const more = tries < MANY ? "" : `*${Math.min(tries, MOST.tries).toString(36)}*`;
  return key + status + more;
}

export function encodeKept(answer: Answer): string {
  if (answer.response === null) return "";
  const encoded = encodeResponse(answer.response);
  return `(${answer.part ? encoded.replace(/^l/, "L") : encoded})`;
}

export function withCheck(body: string): string {
  return `${body}!${checksum(`${body}!`)}`;
}

/** 12 bits over the text (Fletcher's sums): enough to tell a cut or changed state from one of ours. */
function checksum(text: string): string {
  let low = 1;
  let high = 0;
  for (let at = 0; at < text.length; at += 1) {
    low = (low + text.charCodeAt(at)) % 61;
    high = (high + low) % 61;
  }
  return digits(high * 64 + low, 2);
}

/** Reads any text: a state of ours, one that an LMS cut off, or something else. Never throws. */
export function decode(text: string): Decoded {
  const sections = text.split("!");
  const numbers = /^([0-9a-z]+)\.([0-9a-z]+)\.([012])\.([0-9a-z]+)$/.exec(sections[1] ?? "");
  const whole = sections.length === 7 && withCheck(sections.slice(0, 6).join("!")) === text;
  const cut = sections.length < 7 || (sections[6] ?? "").length < 2;
  const foreign = /[^A-Za-z0-9\-_.!~*()]/.test(text);
  if (sections[0] !== VERSION || numbers === null || foreign || !(whole || cut)) {
    return { progress: newProgress(), found: false, damaged: false };
  }
  const [, runs = "", answers = "", latch = "", best = ""] = numbers;
  const progress: Progress = {
    runs: parseInt(runs, 36),
    answers: parseInt(answers, 36),
    latch: LATCHES[Number(latch)] ?? "none",
    best: Math.min(1, parseInt(best, 36) / 10000),
    last: keys(sections[2] ?? "")[0] ?? "",
    entered: new Set(keys(sections[3] ?? "")),
    completed: new Set(keys(sections[4] ?? "")),
    questions: answersIn(sections[5] ?? ""),
  };
  return { progress, found: true, damaged: !whole };
}

function keys(text: string): string[] {
  return text.match(/[A-Za-z0-9_-]{4}/g) ?? [];
}

function answersIn(text: string): Map<string, Answer> {
  const found = new Map<string, Answer>();
  // Sticky: where a state was cut off inside a record, nothing after it is taken for another.
  for (const record of text.matchAll(/([\w-]{4})([\w-])(?:\*([0-9a-z]+)\*)?(?:\(([^()*]+)\))?/gy)) {
    const [, key = "", status = "", many, kept = ""] = record;
    const value = fromDigits(status);
    const outcome = OUTCOMES[Math.floor(value / 16)];
    if (!outcome) continue;
    const part = kept.startsWith("L");
    const response = decodeResponse(part ? `l${kept.slice(1)}` : kept);
    found.set(key, { outcome, tries: many === undefined ? value % 16 : parseInt(many, 36), response, part });
  }
  return found;
}
