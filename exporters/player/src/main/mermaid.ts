// Mermaid as one classic script, so that it also runs from file:. Loaded only by pages with diagrams.

import mermaid from "mermaid";
import type { Draw } from "../ui/diagrams";
import { dropStrictStyles, withStrictStyles } from "../ui/strict-styles";

let drawn = 0;
let last: Promise<unknown> = Promise.resolve();

// One after another: a reader may turn to the next page while a diagram of this one is being drawn, and the styles of
// two at once can't be told apart.
globalThis.lingjunDraw = (source, dark, width) => {
  const next = last.then(() => draw(source, dark, width));
  last = next.catch(() => undefined);
  return next;
};

const draw: Draw = async (source, dark, width) => {
  const name = `lingjun-diagram-${++drawn}`;
  const stage = document.createElement("div");
  stage.className = "diagram-stage";
  stage.style.width = `${width}px`; // some kinds fill the width they find
  document.body.append(stage);
  let drawing: SVGElement | null = null;
  // Mermaid hands back a string, whose style attributes the policy would refuse and report while it is being
  // sanitised. The element itself has kept them, so the string is left empty. Labels are sanitised one by one.
  const watcher = new MutationObserver(() => {
    const frame = stage.firstElementChild;
    drawing = frame?.querySelector<SVGElement>("svg") ?? drawing;
    if (frame) Object.defineProperty(frame, "innerHTML", { configurable: true, get: () => "" });
  });
  watcher.observe(stage, { childList: true, subtree: true });
  try {
    configure(dark);
    await withStrictStyles(name, () => mermaid.render(name, source, stage));
  } finally {
    watcher.disconnect();
    stage.remove();
  }
  if (!drawing) throw new Error("nothing drawn");
  keepLabelsReadable(drawing);
  setTimeout(dropStrictStyles);
  return drawing;
};

function configure(dark: boolean): void {
  const { fontFamily } = getComputedStyle(document.body);
  mermaid.initialize({
    startOnLoad: false,
    securityLevel: "strict",
    suppressErrorRendering: true,
    layout: "dagre",
    gantt: { axisFormat: "%Y-%m", topPadding: 60 },
    theme: "base",
    fontFamily,
    themeVariables: { ...palette(dark), fontFamily, fontSize: "16px" },
  });
}

// The page's own colours, so that a diagram belongs to the book.
function palette(dark: boolean): Record<string, string | boolean> {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  return {
    darkMode: dark,
    background: token("surface"),
    primaryColor: token("teal-soft"),
    primaryTextColor: token("ink"),
    primaryBorderColor: token("teal"),
    secondaryColor: token("gold-soft"),
    secondaryTextColor: token("ink"),
    secondaryBorderColor: token("gold"),
    tertiaryColor: token("blue-soft"),
    tertiaryTextColor: token("ink"),
    tertiaryBorderColor: token("blue"),
    lineColor: token("ink-2"),
    textColor: token("ink"),
    edgeLabelBackground: token("surface"),
    noteBkgColor: token("gold-soft"),
    noteTextColor: token("ink"),
    noteBorderColor: token("gold"),
    pie1: token("teal"),
    pie2: token("gold"),
    pie3: token("blue"),
    pie4: token("accent"),
    pie5: token("right"),
    pie6: token("ink-2"),
    ...scale(token),
    pieOpacity: "1",
    pieSectionTextColor: token("on-teal"),
    pieStrokeColor: token("surface"),
    pieOuterStrokeColor: token("line"),
    pieTitleTextSize: "18px",
    pieSectionTextSize: "15px",
    pieLegendTextSize: "15px",
  };
}

// Mind maps and timelines colour branch after branch, twelve of them.
function scale(token: (name: string) => string): Record<string, string> {
  const colours: Record<string, string> = {};
  for (let at = 0; at < 12; at++) {
    colours[`cScale${at}`] = token(`chart-${(at % 6) + 1}`);
    colours[`cScaleLabel${at}`] = token("ink");
  }
  return colours;
}

// An author's `fill:#f96` was chosen against one theme: its label becomes black or white, whichever stands out.
function keepLabelsReadable(drawing: SVGElement): void {
  for (const node of Array.from(drawing.querySelectorAll(".node"))) {
    const shape = Array.from(node.querySelectorAll<SVGElement>("[style]")).find(({ style }) => style.fill.startsWith("rgb("));
    const [red = 0, green = 0, blue = 0] = shape?.style.fill.match(/\d+/g)?.map(Number) ?? [];
    const bright = 0.299 * red + 0.587 * green + 0.114 * blue > 140;
    if (!shape || node.querySelector<HTMLElement>(".nodeLabel[style*=color]")) continue;
    for (const label of Array.from(node.querySelectorAll<HTMLElement>(".nodeLabel, .nodeLabel p"))) {
      label.style.setProperty("color", bright ? "#111" : "#fff", "important");
    }
  }
}
