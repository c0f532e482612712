// The time of statements. cmi5 orders them by their timestamps (9.3), so a clock that is set back meanwhile must not
// bring a later statement before an earlier one.

export class Clock {
  private latest: number;

  /** `began`: when the session did, in milliseconds since 1970; of an earlier page when this one continues it. */
  constructor(readonly began: number = Date.now()) {
    this.latest = began;
  }

  now(): number {
    this.latest = Math.max(this.latest, Date.now());
    return this.latest;
  }

  /** UTC with milliseconds. */
  stamp(): string {
    return new Date(this.now()).toISOString();
  }

  /** Milliseconds since the session began. */
  elapsed(): number {
    return this.now() - this.began;
  }
}

/** A random UUID (version 4). `crypto.randomUUID` is missing where an LMS is served without TLS. */
export function uuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
