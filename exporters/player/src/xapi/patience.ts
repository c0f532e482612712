// How long to wait before the next try: longer each time, and never at the same moment as all other learners.

const LEAST = 1000; // milliseconds
const MOST = 60_000;

export class Patience {
  private tries = 0;
  private asked = false;

  constructor(private readonly least: number = LEAST) {}

  /** Milliseconds; between half and all of 1 s, 2 s, 4 s … 60 s, and at least what the server asked for. */
  next(asked: number): number {
    const delay = Math.min(this.least * 2 ** this.tries, MOST);
    this.tries += 1;
    this.asked = asked > 0;
    return Math.max(asked, delay * (0.5 + Math.random() / 2));
  }

  /** May be cut short: the server did not ask for the wait. */
  get ours(): boolean {
    return !this.asked;
  }

  restore(): void {
    this.tries = 0;
    this.asked = false;
  }
}
