// Paper can't be unfolded: what the author folded is printed open, then folds again. What is `hidden` stays so.

import { all } from "./dom";

export function unfoldForPrint(): void {
  let unfolded: HTMLDetailsElement[] = [];
  addEventListener("beforeprint", () => {
    unfolded = [...unfolded, ...all<HTMLDetailsElement>(document, "main details:not([open])")];
    for (const each of unfolded) each.open = true;
  });
  addEventListener("afterprint", () => {
    for (const each of unfolded) each.open = false;
    unfolded = [];
  });
}
