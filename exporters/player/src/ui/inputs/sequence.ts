// Sequencing: a list whose items move by buttons, by keyboard as well as by pointer.

import { announce } from "../announce";
import { all, button, el, find, icon } from "../dom";
import { disordered } from "../shuffle";
import type { Field, Making, Reading } from "./field";

export function sequenceField({ section, data, say, seed }: Making<"sequencing">): Field {
  const list = find<HTMLOListElement>(section, "ol.sequence");
  if (!list) throw new Error(`no list for ${data.id}`);
  const items = new Map(all(list, "li").map((item) => [item.dataset["option"] ?? "", item]));
  const show = (order: readonly string[]): void => list.append(...order.flatMap((id) => items.get(id) ?? []));
  const ids = (): string[] => all(list, "li").map((item) => item.dataset["option"] ?? "");
  for (const { id, text } of data.items) {
    const item = items.get(id);
    if (!item) continue;
    item.append(
      el(
        "span",
        { class: "moves" },
        mover(list, item, -1, say.moveUp(text), () => told(text)),
        mover(list, item, 1, say.moveDown(text), () => told(text)),
      ),
    );
  }
  let settled = false; // an order that the reader made or confirmed, rather than the one that the page came with
  const told = (text: string): void => {
    settled = true;
    const at = all(list, "li").findIndex((item) => item.dataset["option"] === data.items.find((i) => i.text === text)?.id);
    edges(list);
    announce(say.movedTo(text, at + 1, data.items.length));
    section.dispatchEvent(new Event("input", { bubbles: true }));
  };
  show(disordered(data.items.map(({ id }) => id), seed));
  edges(list);
  return {
    read(): Reading {
      if (settled) return { response: { type: "sequencing", order: ids() } };
      settled = true;
      return { problem: say.unmoved, at: find(section, "button[type=submit]") ?? section };
    },
    write(response) {
      settled = true;
      if (response.type === "sequencing") show(response.order);
      edges(list);
    },
    lock(locked) {
      list.classList.toggle("is-locked", locked);
      for (const move of all<HTMLButtonElement>(list, "button")) move.hidden = locked;
    },
    mark: () => undefined,
    unmark: () => undefined,
    solution: () => el("ol", {}, ...data.items.map(({ text }) => el("li", {}, text))),
  };
}

function mover(list: HTMLElement, item: HTMLElement, step: 1 | -1, label: string, moved: () => void): HTMLElement {
  const move = button(
    "",
    () => {
      const other = step < 0 ? item.previousElementSibling : item.nextElementSibling;
      if (!other) return;
      list.insertBefore(step < 0 ? item : other, step < 0 ? other : item);
      move.focus(); // moving an element in the document drops the focus
      moved();
    },
    { class: "move", "aria-label": label },
  );
  move.append(icon(step < 0 ? "up" : "down"));
  return move;
}

// The first can't go up, the last can't go down. They keep the focus, so they are not `disabled`.
function edges(list: HTMLElement): void {
  const rows = all(list, "li");
  rows.forEach((row, at) => {
    const [up, down] = all(row, "button");
    up?.setAttribute("aria-disabled", String(at === 0));
    down?.setAttribute("aria-disabled", String(at === rows.length - 1));
  });
}
