// One LMS's API object behind one face for both versions. Nothing it does gets through: not its exceptions, not
// `null` where the standard asks for text, not `true` where it asks for "true".

import type { Api } from "./discover";

export interface Calls {
  readonly initialize: string;
  readonly terminate: string;
  readonly get: string;
  readonly set: string;
  readonly commit: string;
  readonly error: string;
}

export type Written = "done" | "refused" | "failed"; // refused: for good; failed: worth another try

const THROWN = Symbol("thrown");
const ALREADY_INITIALIZED = "103"; // 2004 RTE 3.1.7.3
const NOT_IMPLEMENTED = "401";
// 2xx: the arguments; 401–408: the element or its value. 301 and 1xx speak of the moment, not of the value, and 351
// (2004's general failure to set) of either.
const REFUSED = /^(20[1-3]|40[1-8])$/;
const UNCLEAR = "351";
const MOST_TRIES = 5;

export class Lms {
  private lastError = "0";
  private readonly tries = new Map<string, number>();

  constructor(
    private readonly api: Api,
    private readonly calls: Calls,
  ) {}

  initialize(): boolean {
    return this.done(this.calls.initialize, "") || this.lastError === ALREADY_INITIALIZED;
  }

  terminate(): boolean {
    return this.done(this.calls.terminate, "");
  }

  commit(): boolean {
    return this.done(this.calls.commit, "");
  }

  get(element: string): string {
    const value = this.call(this.calls.get, element);
    return typeof value === "string" ? value : typeof value === "number" ? String(value) : "";
  }

  set(element: string, value: string): Written {
    if (this.done(this.calls.set, element, value)) return "done";
    if (this.lastError !== UNCLEAR) return REFUSED.test(this.lastError) ? "refused" : "failed";
    const tries = (this.tries.get(element) ?? 0) + 1;
    this.tries.set(element, tries);
    return tries < MOST_TRIES ? "failed" : "refused";
  }

  get lacksElement(): boolean {
    return this.lastError === NOT_IMPLEMENTED;
  }

  /** "true" is the whole answer. For any other the error code decides, and where there is none, silence is consent. */
  private done(call: string, ...words: string[]): boolean {
    const answer = this.call(call, ...words);
    this.lastError = "0";
    if (/^(true|1)$/i.test(String(answer))) return true;
    const code = answer === THROWN ? THROWN : this.call(this.calls.error);
    this.lastError = typeof code === "symbol" ? "101" : String(code ?? "").trim();
    return answer !== THROWN && /^0*$/.test(this.lastError) && !/^(false|0)$/i.test(String(answer));
  }

  private call(name: string, ...words: string[]): unknown {
    try {
      return this.api[name]?.(...words);
    } catch {
      return THROWN;
    }
  }
}
