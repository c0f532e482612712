// Matching: a menu of all targets beside each source.

import type { Response } from "../../course";
import { all, find } from "../dom";
import { shuffled } from "../shuffle";
import type { Field, Making, Reading } from "./field";
import { mark, unmark } from "./marks";

export function pairsField({ section, data, say, seed }: Making<"matching">): Field {
  const rows = all(section, ".pair[data-option]");
  const menus = all<HTMLSelectElement>(section, ".pair select");
  const order = shuffled(data.targets, seed);
  for (const menu of menus) {
    const entries = new Map(Array.from(menu.options, (option) => [option.value, option]));
    menu.append(...order.flatMap(({ id }) => entries.get(id) ?? []));
    menu.value = "";
  }
  const belongs = new Map(data.sources.map((source, at) => [source.id, data.targets[at]]));
  const given = (response: Response): ReadonlyMap<string, string> =>
    new Map(response.type === "matching" ? response.pairs : []);
  return {
    read(): Reading {
      const empty = menus.find((menu) => !menu.value);
      if (empty) return { problem: say.matchAll, at: empty };
      return { response: { type: "matching", pairs: menus.map((menu) => [menu.name, menu.value] as const) } };
    },
    write(response) {
      for (const menu of menus) menu.value = given(response).get(menu.name) ?? "";
    },
    lock: (locked) => menus.forEach((menu) => (menu.disabled = locked)),
    mark(response, reveal) {
      if (!reveal) return;
      for (const row of rows) {
        const target = belongs.get(row.dataset["option"] ?? "");
        const chosen = data.targets.find(({ id }) => id === given(response).get(row.dataset["option"] ?? ""));
        // Two targets with the same words are the same answer.
        const right = chosen !== undefined && chosen.text === target?.text;
        const label = find(row, "label");
        if (label && target) mark(row, right, right ? say.right : `${say.rightAnswer}${say.colon}${target.text}`);
      }
    },
    unmark: () => unmark(section),
    solution: () => null,
  };
}
