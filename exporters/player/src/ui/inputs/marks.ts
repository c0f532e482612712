// Signs for right and wrong: a drawn sign, a word, and only then a colour.

import { all, el, icon } from "../dom";

export function mark(where: Element, right: boolean, word: string): void {
  where.append(el("span", { class: `mark ${right ? "mark-right" : "mark-wrong"}` }, icon(right ? "right" : "wrong"), word));
}

export function unmark(root: ParentNode): void {
  for (const sign of all(root, ".mark")) sign.remove();
}
