// A page that is loaded again goes on with its session; a page that is left ends it. Only the Navigation API tells one
// from the other beforehand. Where a browser lacks it, loading again ends the session.

interface Navigation {
  addEventListener(type: "navigate", listener: (event: { readonly navigationType: string }) => void): void;
}

const AT_MOST = 5000; // milliseconds: a reload that hasn't happened by then was stopped

/** Tells when loading again begins, and when it didn't happen after all. */
export function onReload(tell: (reloading: boolean) => void): void {
  const { navigation } = window as { readonly navigation?: Navigation };
  navigation?.addEventListener("navigate", ({ navigationType }) => {
    if (navigationType !== "reload") return;
    tell(true);
    window.setTimeout(() => tell(false), AT_MOST);
  });
}
