// Runs in the head, before the first paint: the reader's theme and text size, and the mark that scripts run.

import { applyPreferences, loadPreferences, systemDark } from "../ui/preferences";

document.documentElement.classList.add("js");
applyPreferences(loadPreferences());
systemDark().addEventListener("change", () => {
  applyPreferences(loadPreferences());
  document.dispatchEvent(new Event("lingjun-appearance"));
});
