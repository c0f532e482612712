// Requests to the record store that the LMS named at launch (xAPI 1.0.3, Part Three). Nothing throws: no answer at all
// is status 0.
//
// Why not `@rusticisoftware/cmi5` (3.2, the best of the ready-made parts): it builds a statement and sends it in one
// step, takes silence for failure and then forgets the statement, keeps which verbs were sent in the page's memory
// alone, and can't begin from a token that was fetched before a reload. What courses lose scores over is exactly what
// it leaves to its caller: a queue that outlives the page, sending while the page closes, State with ETags,
// interaction definitions, and what earlier sessions of the registration sent. A wrapper around it would have had to
// go around its sending, its flags and its start, which is all it has.

import { VERSION } from "./vocabulary";

export interface Answer {
  readonly status: number;
  readonly text: string;
  readonly etag: string | null;
  readonly wait: number; // milliseconds that the server asks us to wait; 0: says nothing
}

export interface Asking {
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly keepalive?: boolean; // outlives the page, within 64 KiB for all such requests together
}

const PATIENCE = 30_000; // milliseconds

export class Client {
  private readonly base: string;

  constructor(endpoint: string, private readonly authorization: string) {
    this.base = endpoint.endsWith("/") ? endpoint : `${endpoint}/`;
  }

  async ask(method: "GET" | "PUT" | "POST", resource: string, asking: Asking = {}): Promise<Answer> {
    const query = asking.query === undefined ? "" : `?${new URLSearchParams(asking.query).toString()}`;
    const typed: Record<string, string> = asking.body === undefined ? {} : { "Content-Type": "application/json" };
    return await request(this.base + resource + query, {
      method,
      headers: { Authorization: this.authorization, "X-Experience-API-Version": VERSION, ...typed, ...asking.headers },
      ...(asking.body === undefined ? {} : { body: asking.body }),
      keepalive: asking.keepalive ?? false,
    });
  }
}

/** One request without the LMS's cookies and without the browser's cache. */
export async function request(address: string, init: RequestInit): Promise<Answer> {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE);
  try {
    const response = await fetch(address, { mode: "cors", credentials: "omit", cache: "no-store", signal: patience.signal, ...init });
    const wait = Number(response.headers.get("Retry-After") ?? 0);
    return {
      status: response.status,
      text: await response.text(),
      etag: response.headers.get("ETag"),
      wait: wait > 0 ? 1000 * wait : 0,
    };
  } catch (error) {
    // TypeError: no network, no such host, no CORS, not an address. DOMException: it took too long, or the page closes.
    if (error instanceof TypeError || error instanceof DOMException) return { status: 0, text: "", etag: null, wait: 0 };
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/** Worth another try: no answer, or one that speaks of the moment. */
export function isPassing(status: number): boolean {
  return status === 0 || status === 408 || status === 425 || status === 429 || status >= 500;
}

export function isDone(status: number): boolean {
  return status >= 200 && status < 300;
}
