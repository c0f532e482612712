// Runs in the head, before the first paint: the reader's theme and text size, the mark that scripts run, what printing
// unfolds, and, where an LMS has launched the page, a guard over its links.

import { holdLinks } from "../ui/hold";
import { applyPreferences, loadPreferences, systemDark } from "../ui/preferences";
import { unfoldForPrint } from "../ui/print";

document.documentElement.classList.add("js");
if ("launched" in document.documentElement.dataset) holdLinks();
applyPreferences(loadPreferences());
unfoldForPrint();
systemDark().addEventListener("change", () => {
  applyPreferences(loadPreferences());
  document.dispatchEvent(new Event("lingjun-appearance"));
});
