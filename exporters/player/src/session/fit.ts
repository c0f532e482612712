// What goes into the saved state when there isn't room for everything. Lessons completed, right and wrong, and
// tries always go in first; then what a removed lesson or question left behind; then responses, the short ones
// (options, pairs, orders) before typed texts. The beginning of a long text is kept where the whole doesn't fit.

import { encodeFacts, encodeHead, encodeKept, withCheck } from "./codec";
import type { Answer, Progress } from "./progress";

export interface Fitted {
  readonly text: string;
  readonly lost: boolean; // not even the facts of this course fitted
}

interface Entry {
  readonly key: string;
  readonly answer: Answer;
  kept: string;
}

const CHECK = 3; // `!` and two characters
const BRIEF = 12; // the shortest beginning of a long text worth keeping, in characters of state

/** `isKnown` tells a key of this version of the course from one that an earlier version left. */
export function fit(progress: Progress, isKnown: (key: string) => boolean, limit: number): Fitted {
  const head = encodeHead(progress);
  const room = new Room(limit - CHECK - head.length - 2);
  const byCourse = (some: readonly string[]): string[] => [...some.filter(isKnown), ...some.filter((key) => !isKnown(key))];
  const lessons = (some: ReadonlySet<string>): string[] => byCourse([...some]).filter((key) => room.take(key) || lose(key));
  let lost = false;
  const lose = (key: string): boolean => {
    lost ||= isKnown(key);
    return false;
  };

  const completed = lessons(new Set([...progress.completed].filter(isKnown)));
  const entries = byCourse([...progress.questions.keys()]).flatMap((key): Entry[] => {
    const answer = progress.questions.get(key);
    if (answer === undefined || !(room.take(encodeFacts(key, answer)) || lose(key))) return [];
    return [{ key, answer, kept: "" }];
  });
  const entered = lessons(progress.entered);
  completed.push(...lessons(new Set([...progress.completed].filter((key) => !isKnown(key)))));
  keepResponses(entries, room, isKnown);

  const records = entries.map(({ key, answer, kept }) => encodeFacts(key, answer) + kept).join("");
  return { text: withCheck(`${head}${entered.join("")}!${completed.join("")}!${records}`), lost };
}

function keepResponses(entries: Entry[], room: Room, isKnown: (key: string) => boolean): void {
  const wanted = entries
    .filter(({ answer }) => answer.response !== null)
    .map((entry) => ({ entry, encoded: encodeKept(entry.answer), rank: rank(entry, isKnown) }))
    .sort((a, b) => a.rank - b.rank || a.encoded.length - b.encoded.length);
  for (const { entry, encoded } of wanted) {
    if (room.take(encoded)) entry.kept = encoded;
    else entry.kept = beginning(entry.answer, room);
  }
}

function rank({ key, answer }: Entry, isKnown: (key: string) => boolean): number {
  const type = answer.response?.type;
  const typed = type === "long-fill-in" ? 2 : type === "fill-in" ? 1 : 0;
  return isKnown(key) ? typed : typed + 3;
}

function beginning(answer: Answer, room: Room): string {
  if (answer.response?.type !== "long-fill-in" || room.left < BRIEF) return "";
  const characters = [...answer.response.text];
  let [fits, long] = [0, characters.length];
  const encoded = (length: number): string =>
    encodeKept({ ...answer, part: true, response: { type: "long-fill-in", text: characters.slice(0, length).join("") } });
  while (long - fits > 1) {
    const middle = Math.floor((fits + long) / 2);
    if (encoded(middle).length <= room.left) fits = middle;
    else long = middle;
  }
  const kept = encoded(fits);
  return fits > 0 && room.take(kept) ? kept : "";
}

class Room {
  constructor(public left: number) {}

  take(text: string): boolean {
    if (text.length > this.left) return false;
    this.left -= text.length;
    return true;
  }
}
