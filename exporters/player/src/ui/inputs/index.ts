// The inputs for a question of any type.

import type { QuestionData } from "../../course";
import type { Words } from "../words";
import { choiceField, likertField, trueFalseField } from "./boxes";
import type { Field } from "./field";
import { pairsField } from "./pairs";
import { sequenceField } from "./sequence";
import { blanksField, numberField, textField } from "./typed";

export function fieldFor(section: HTMLElement, data: QuestionData, say: Words, seed: string): Field {
  switch (data.type) {
    case "choice":
      return choiceField({ section, data, say, seed });
    case "true-false":
      return trueFalseField({ section, data, say, seed });
    case "fill-in":
      return blanksField({ section, data, say, seed });
    case "long-fill-in":
      return textField({ section, data, say, seed });
    case "numeric":
      return numberField({ section, data, say, seed });
    case "matching":
      return pairsField({ section, data, say, seed });
    case "sequencing":
      return sequenceField({ section, data, say, seed });
    case "likert":
      return likertField({ section, data, say, seed });
  }
}
