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
  const [completed, entered, entries]: [string[], string[], Entry[]] = [[], [], []];
  let lost = false;
  for (const known of [true, false]) {
    const take = (keys: Iterable<string>, keep: (key: string) => void, encoded = (key: string) => key): void => {
      for (const key of keys) {
        if (isKnown(key) !== known) continue;
        if (room.take(encoded(key))) keep(key);
        else lost ||= known;
      }
    };
    take(progress.completed, (key) => completed.push(key));
    for (const [key, answer] of progress.questions) {
      take([key], () => entries.push({ key, answer, kept: "" }), () => encodeFacts(key, answer));
    }
    take(progress.entered, (key) => entered.push(key));
  }
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
