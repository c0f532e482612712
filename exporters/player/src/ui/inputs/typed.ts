// What is typed: blanks, a number, a longer text.

import { readNumber } from "../../questions/number";
import { all, find } from "../dom";
import type { Field, Making, Reading } from "./field";

export function blanksField({ section, data, say }: Making<"fill-in">): Field {
  const inputs = all<HTMLInputElement>(section, "input.blank");
  return {
    read(): Reading {
      const empty = inputs.findIndex((input) => !input.value.trim());
      const at = inputs[empty];
      if (at) return { problem: say.fillBlank(empty + 1), at };
      return { response: { type: "fill-in", texts: inputs.map((input) => input.value.trim()) } };
    },
    write(response) {
      if (response.type !== "fill-in") return;
      inputs.forEach((input, at) => (input.value = response.texts[at] ?? ""));
    },
    lock: (locked) => inputs.forEach((input) => (input.readOnly = locked)),
    mark: () => undefined, // right or wrong as a whole: the outcome says it
    unmark: () => undefined,
    solution() {
      if (data.blanks.length === 1) return (data.blanks[0] ?? []).join(say.or);
      return data.blanks.map((texts, at) => say.blankIs(at + 1, texts.join(say.or))).join(say.semicolon);
    },
  };
}

export function numberField({ section, data, say }: Making<"numeric">): Field {
  const input = find<HTMLInputElement>(section, "input.number");
  if (!input) throw new Error(`no input for ${data.id}`);
  return {
    read(): Reading {
      const text = input.value.trim();
      if (readNumber(text)) return { response: { type: "numeric", text } };
      return { problem: say.writeNumber, at: input };
    },
    write(response) {
      if (response.type === "numeric") input.value = response.text;
    },
    lock: (locked) => void (input.readOnly = locked),
    mark: () => undefined,
    unmark: () => undefined,
    solution: () => (data.low === data.high ? String(data.low) : say.range(String(data.low), String(data.high))),
  };
}

export function textField({ section, data, say }: Making<"long-fill-in">): Field {
  const area = find<HTMLTextAreaElement>(section, "textarea");
  if (!area) throw new Error(`no input for ${data.id}`);
  return {
    read(): Reading {
      const text = area.value.trim();
      return text ? { response: { type: "long-fill-in", text } } : { problem: say.writeSomething, at: area };
    },
    write(response) {
      if (response.type === "long-fill-in") area.value = response.text;
    },
    lock: (locked) => void (area.readOnly = locked),
    mark: () => undefined,
    unmark: () => undefined,
    solution: () => null,
  };
}
