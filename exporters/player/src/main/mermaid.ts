// Mermaid as one classic script, so that it also runs from file:. Loaded only by pages with diagrams.

import mermaid from "mermaid";
import { dropStrictStyles, withStrictStyles } from "../ui/strict-styles";

let drawn = 0;

globalThis.lingjunDraw = async (source, dark) => {
  const name = `lingjun-diagram-${++drawn}`;
  const stage = document.createElement("div");
  stage.className = "diagram-stage";
  document.body.append(stage);
  let drawing: SVGElement | null = null;
  // Mermaid hands back a string, whose style attributes would be refused; the element itself has kept them.
  const watcher = new MutationObserver(() => (drawing = stage.querySelector<SVGElement>("svg") ?? drawing));
  watcher.observe(stage, { childList: true, subtree: true });
  try {
    configure(dark);
    await withStrictStyles(name, () => mermaid.render(name, source, stage));
  } finally {
    watcher.disconnect();
    stage.remove();
  }
  if (!drawing) throw new Error("nothing drawn");
  setTimeout(dropStrictStyles);
  return drawing;
};

function configure(dark: boolean): void {
  const { fontFamily } = getComputedStyle(document.body);
  mermaid.initialize({
    startOnLoad: false,
    securityLevel: "strict",
    suppressErrorRendering: true,
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
  };
}
