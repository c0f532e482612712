// Who is told of trouble, and the trouble there is now.

import type { Trouble } from "./runtime";

export class Troubles {
  private current: Trouble = "none";
  private readonly listeners: ((trouble: Trouble) => void)[] = [];

  listen(listener: (trouble: Trouble) => void): void {
    this.listeners.push(listener);
    if (this.current !== "none") listener(this.current);
  }

  tell(trouble: Trouble): void {
    if (trouble === this.current) return;
    this.current = trouble;
    for (const listener of this.listeners) listener(trouble);
  }
}
