// A page that is loaded again goes on with its session; a page that is left ends it. Browsers don't tell one from the
// other beforehand (the Navigation API neither, where the browser's own button is used), but most people press keys.
// Whoever loads the page again in another way ends the session: cmi5 has no way to take `terminated` back.

const AT_MOST = 3000; // milliseconds: a reload that hasn't happened by then was stopped

/** Tells when loading again begins, and when it didn't happen after all. */
export function onReload(tell: (reloading: boolean) => void): void {
  window.addEventListener("keydown", ({ key, ctrlKey, metaKey, defaultPrevented }) => {
    if (defaultPrevented || (key !== "F5" && !(key.toLowerCase() === "r" && (ctrlKey || metaKey)))) return;
    tell(true);
    window.setTimeout(() => tell(false), AT_MOST);
  });
}
