// Until the session is open, following a link would unload the document, and the session would end before it began.
// So the last link clicked waits.

const OPEN = "lingjun-open";

export function holdLinks(): void {
  let waiting: HTMLAnchorElement | null = null;
  const hold = (event: MouseEvent): void => {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[href]") : null;
    if (!link || link.target || link.hasAttribute("download") || link.getAttribute("href")?.startsWith("#")) return;
    event.preventDefault();
    waiting = link;
  };
  document.addEventListener("click", hold, true);
  document.addEventListener(
    OPEN,
    () => {
      document.removeEventListener("click", hold, true);
      waiting?.click();
    },
    { once: true },
  );
}

/** The session is open (or never will be): links work. */
export function releaseLinks(): void {
  document.dispatchEvent(new Event(OPEN));
}
