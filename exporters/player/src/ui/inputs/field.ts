// What a question's inputs can do, whatever their type.

import type { QuestionData, Response } from "../../course";
import type { Words } from "../words";

export type Unready = { readonly problem: string; readonly at: HTMLElement };
export type Reading = { readonly response: Response } | Unready;

export interface Field {
  read(): Reading; // the answer as it stands, or what is missing and where
  write(response: Response): void;
  lock(locked: boolean): void;
  // Marks each part right or wrong, in words and signs. `reveal` also tells the right answer.
  mark(response: Response, reveal: boolean): void;
  unmark(): void;
  solution(): Node | string | null; // the right answer where the inputs themselves don't show it
}

export interface Making<T extends QuestionData["type"]> {
  readonly section: HTMLElement;
  readonly data: QuestionData & { readonly type: T };
  readonly say: Words;
  readonly seed: string; // of the order in which things are shown
}
