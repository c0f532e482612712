// Mermaid diagrams. The library is large: it is loaded only by a page that has a diagram.

import { all, el, find } from "./dom";
import { isDark } from "./preferences";
import type { Words } from "./words";

export type Draw = (source: string, dark: boolean, width: number) => Promise<SVGElement>;

declare global {
  // Set by player/mermaid/mermaid.js (src/main/mermaid.ts).
  var lingjunDraw: Draw | undefined;
}

const LEGIBLE = 480; // pixels of width under which labels get too small

let loading: Promise<Draw> | null = null;

export async function drawDiagrams(say: Words, root: HTMLElement): Promise<void> {
  const figures = all(root, "pre.mermaid").map((source) => frame(say, source));
  if (!figures.length) return;
  try {
    loading ??= load();
    const draw = await loading;
    for (const figure of figures) await show(say, figure, draw);
  } catch (error) {
    loading = null;
    for (const figure of figures) fail(say, figure, error);
  }
  const again = (): void => {
    if (root.isConnected) void redraw(say, figures);
    else document.removeEventListener("lingjun-appearance", again);
  };
  document.addEventListener("lingjun-appearance", again);
}

interface Figure {
  readonly box: HTMLElement;
  readonly picture: HTMLElement;
  readonly source: string;
  readonly text: HTMLDetailsElement;
}

// The picture goes above its own source, which stays as its text.
function frame(say: Words, pre: HTMLElement): Figure {
  const picture = el("div", { class: "diagram-picture", tabindex: "0", role: "group", "aria-label": say.diagram });
  const text = el("details", {}, el("summary", {}, say.diagramSource));
  const box = el("div", { class: "diagram" }, picture, text);
  pre.replaceWith(box);
  text.append(pre);
  pre.classList.remove("mermaid");
  return { box, picture, source: pre.textContent ?? "", text };
}

async function show(say: Words, figure: Figure, draw: Draw): Promise<void> {
  try {
    const svg = await draw(figure.source, isDark(), Math.max(LEGIBLE, figure.picture.clientWidth));
    const name = find(svg, "title")?.textContent ?? figureCaption(figure) ?? say.diagram;
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", name);
    // On a phone a wide diagram scrolls rather than shrinks until nobody can read it.
    svg.style.minWidth = `${Math.min(LEGIBLE, parseFloat(svg.style.maxWidth) || LEGIBLE)}px`;
    figure.picture.replaceChildren(svg);
  } catch (error) {
    fail(say, figure, error);
  }
}

function figureCaption({ box }: Figure): string | null {
  const figure = box.closest("figure");
  return (figure && find(figure, "figcaption")?.textContent) || null;
}

function fail(say: Words, { picture, text }: Figure, error: unknown): void {
  console.warn("diagram", error);
  picture.replaceChildren(el("p", { class: "diagram-failed" }, say.diagramFailed));
  text.open = true;
}

async function redraw(say: Words, figures: readonly Figure[]): Promise<void> {
  const draw = globalThis.lingjunDraw;
  if (!draw) return;
  for (const figure of figures) await show(say, figure, draw);
}

function load(): Promise<Draw> {
  return new Promise((resolve, reject) => {
    const script = el("script", { src: "player/mermaid/mermaid.js" });
    script.addEventListener("load", () => {
      if (globalThis.lingjunDraw) resolve(globalThis.lingjunDraw);
      else reject(new Error("mermaid.js ran without setting lingjunDraw"));
    });
    script.addEventListener("error", () => reject(new Error("mermaid.js did not load")));
    document.head.append(script);
  });
}
