// The way out, where the LMS says where to (cmi5's returnURL): ends the session, then goes there.

import type { App } from "./app";
import { announce } from "./announce";
import { button, find } from "./dom";

const PATIENCE = 5000; // milliseconds for what is still on its way; what arrives later is kept and sent again

export function mountExit(app: App): void {
  const { exitUrl } = app.runtime;
  if (exitUrl === undefined) return;
  const leave = async (): Promise<void> => {
    exit.disabled = true;
    exit.textContent = app.say.leaving;
    announce(app.say.leaving);
    app.session.finish();
    await Promise.race([app.runtime.flush(), new Promise((done) => window.setTimeout(done, PATIENCE))]);
    window.location.assign(exitUrl);
  };
  const exit = button(app.say.exit, () => void leave(), { class: "tool tool-exit" });
  find(document, "header.bar .tools")?.append(exit);
}
