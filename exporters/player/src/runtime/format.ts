// How both standards write times and numbers.

/** SCORM 1.2's CMITimespan, `HHHH:MM:SS.ss`. */
export function timespan12(milliseconds: number): string {
  const hundredths = Math.min(centiseconds(milliseconds), 9999 * 360_000 + 359_999);
  const part = (unit: number, within: number, width: number): string => two(Math.floor(hundredths / unit) % within, width);
  return `${part(360_000, 10_000, 4)}:${part(6000, 60, 2)}:${part(100, 60, 2)}.${part(1, 100, 2)}`;
}

/** SCORM 2004's timeinterval (second,10,2): `PT12.34S`. */
export function timespan2004(milliseconds: number): string {
  return `PT${decimal(centiseconds(milliseconds) / 100, 2)}S`;
}

/** SCORM 1.2's CMITime, the learner's clock: `HH:MM:SS`. */
export function time12(at: Date): string {
  return [at.getHours(), at.getMinutes(), at.getSeconds()].map((part) => two(part, 2)).join(":");
}

/** SCORM 2004's time (second,10,2), in UTC: `2026-01-31T08:05:09.12Z`. */
export function time2004(at: Date): string {
  return `${at.toISOString().slice(0, 22)}Z`;
}

/** A decimal without exponent or trailing zeros. */
export function decimal(value: number, places: number): string {
  const text = value.toFixed(places);
  const short = text.includes(".") ? text.replace(/\.?0+$/, "") : text;
  return short === "-0" ? "0" : short;
}

function centiseconds(milliseconds: number): number {
  return Math.max(0, Math.floor(milliseconds / 10));
}

function two(value: number, width: number): string {
  return String(value).padStart(width, "0");
}
