// How this reader likes to read. Kept in this browser; a browser that refuses storage just forgets.

export type Theme = "system" | "light" | "dark";

export interface Preferences {
  readonly theme: Theme;
  readonly size: number; // index into the four text sizes
}

const KEY = "lingjun-reading";
const STANDARD: Preferences = { theme: "system", size: 1 };

export function loadPreferences(): Preferences {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? "null");
    if (typeof kept !== "object" || kept === null) return STANDARD;
    const { theme, size } = kept as Partial<Preferences>;
    return {
      theme: theme === "light" || theme === "dark" ? theme : "system",
      size: size === 0 || size === 2 || size === 3 ? size : 1,
    };
  } catch {
    return STANDARD; // storage refused, or another page's words under our name
  }
}

export function keepPreferences(preferences: Preferences): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(preferences));
  } catch {
    // Private browsing or a full disk: the choice holds for this page.
  }
}

// The theme is resolved here, so that the style sheet states the dark colours once.
export function applyPreferences({ theme, size }: Preferences): void {
  const root = document.documentElement;
  const shown = theme === "system" ? (systemDark().matches ? "dark" : "light") : theme;
  root.dataset["size"] = String(size);
  root.dataset["theme"] = shown;
  document.querySelector<HTMLMetaElement>('meta[name="color-scheme"]')?.setAttribute("content", shown);
}

export function systemDark(): MediaQueryList {
  return matchMedia("(prefers-color-scheme: dark)");
}

export function isDark(): boolean {
  return document.documentElement.dataset["theme"] === "dark";
}
