// A formula in a line of text doesn't break. One that is wider than the page scrolls in a box of its own, which the
// keyboard reaches.

import { all, el } from "./dom";

export function boxWideFormulas(root: HTMLElement): void {
  const box = (): void => {
    if (!root.isConnected) {
      removeEventListener("resize", box);
      document.removeEventListener("lingjun-appearance", box);
      return;
    }
    for (const formula of all<MathMLElement>(root, "math:not([display=block])")) {
      const parent = formula.parentElement;
      if (!parent || parent.closest(".math-scroll, .table") || formula.getBoundingClientRect().width <= width(parent)) continue;
      const label = formula.getAttribute("alttext") ?? "";
      const frame = el("span", { class: "math-scroll", tabindex: "0", role: "group", "aria-label": label });
      formula.replaceWith(frame);
      frame.append(formula);
    }
  };
  box();
  addEventListener("resize", box, { passive: true });
  document.addEventListener("lingjun-appearance", box);
}

// The room in the block that the line stands in.
function width(inline: HTMLElement): number {
  let block = inline;
  while (getComputedStyle(block).display === "inline" && block.parentElement) block = block.parentElement;
  return block.clientWidth;
}
