// Radio buttons and check boxes: choice, true-false, likert.

import type { Response } from "../../course";
import { all, find } from "../dom";
import { shuffled } from "../shuffle";
import type { Field, Making, Reading } from "./field";
import { mark, unmark } from "./marks";

interface Kind {
  readonly make: (chosen: readonly string[]) => Response;
  readonly correct: readonly string[]; // empty where nothing is right or wrong
  readonly empty: string;
}

export function choiceField(making: Making<"choice">): Field {
  const { data, say } = making;
  if (data.shuffle) shuffleOptions(making);
  return boxes(making, {
    make: (chosen) => ({ type: "choice", chosen }),
    correct: data.correct,
    empty: data.multiple ? say.chooseSome : say.chooseOne,
  });
}

export function trueFalseField(making: Making<"true-false">): Field {
  return boxes(making, {
    make: (chosen) => ({ type: "true-false", value: chosen[0] === "true" }),
    correct: [String(making.data.answer)],
    empty: making.say.chooseOne,
  });
}

export function likertField(making: Making<"likert">): Field {
  return boxes(making, {
    make: (chosen) => ({ type: "likert", chosen: chosen[0] ?? "" }),
    correct: [],
    empty: making.say.chooseOne,
  });
}

function shuffleOptions({ section, seed }: Making<"choice">): void {
  const list = find(section, ".options");
  list?.append(...shuffled(all(list, ".option"), seed));
}

function chosenIn(response: Response): readonly string[] {
  if (response.type === "choice") return response.chosen;
  if (response.type === "true-false") return [String(response.value)];
  return response.type === "likert" ? [response.chosen] : [];
}

function boxes<T extends "choice" | "true-false" | "likert">({ section, say }: Making<T>, kind: Kind): Field {
  const inputs = all<HTMLInputElement>(section, ".option input");
  const options = all(section, ".option");
  const feedback = (option: Element, shown: boolean): void => {
    const words = find(option, ".option-feedback");
    if (words) words.hidden = !shown;
  };
  return {
    read(): Reading {
      const chosen = inputs.filter((input) => input.checked).map((input) => input.value);
      if (chosen.length) return { response: kind.make(chosen.sort()) };
      return { problem: kind.empty, at: inputs[0] ?? section };
    },
    write(response) {
      const chosen = chosenIn(response);
      for (const input of inputs) input.checked = chosen.includes(input.value);
    },
    lock(locked) {
      for (const input of inputs) input.disabled = locked;
    },
    mark(response, reveal) {
      const chosen = chosenIn(response);
      for (const option of options) {
        const id = option.dataset["option"] ?? "";
        const picked = chosen.includes(id);
        const right = kind.correct.includes(id);
        feedback(option, picked);
        const label = find(option, "label");
        if (!label || !kind.correct.length) continue;
        if (reveal && right) mark(label, true, picked ? say.choseRight : say.rightOption);
        else if (reveal && picked) mark(label, false, say.choseWrong);
        option.classList.toggle("is-right", reveal && right);
        option.classList.toggle("is-wrong", reveal && picked && !right);
      }
    },
    unmark() {
      unmark(section);
      for (const option of options) {
        feedback(option, false);
        option.classList.remove("is-right", "is-wrong");
      }
    },
    solution: () => null,
  };
}
