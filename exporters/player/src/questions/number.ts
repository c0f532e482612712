// Numbers as people in China type them: full-width digits, any minus, thousands separators, a percent sign.

export interface Typed {
  readonly value: number; // the number as written, without a percent sign
  readonly percent: boolean;
}

const MINUS = /[\u2010-\u2015\u2212\u8d1f\u8ca0]/g; // dashes, the mathematical minus, 负 and 負
const PLAIN = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i;
const GROUPED = /^[+-]?\d{1,3}([, '])\d{3}(\1\d{3})*(\.\d*)?$/;

/** What was typed as a number; null when it is none. */
export function readNumber(text: string): Typed | null {
  let rest = text.normalize("NFKC").replace(MINUS, "-").replace(/\s+/g, " ").trim();
  const percent = rest.endsWith("%");
  if (percent) rest = rest.slice(0, -1).trim();
  rest = rest.replace(/^([+-]) /, "$1");
  if (GROUPED.test(rest)) rest = rest.replace(/[, ']/g, "");
  else if (!PLAIN.test(rest)) return null;
  const value = Number(rest);
  return Number.isFinite(value) ? { value, percent } : null;
}

/**
 * The reading of a typed number that lies from `low` to `high`, or null. `25%` answers both a question for 25 (the
 * sign is the unit) and one for 0.25 (the sign is arithmetic). Bounds such as 3.14 + 0.01 carry rounding errors.
 */
export function readingWithin(typed: Typed, low: number, high: number): number | null {
  const readings = typed.percent ? [typed.value, typed.value / 100] : [typed.value];
  return readings.find((value) => within(value, low, high)) ?? null;
}

function within(value: number, low: number, high: number): boolean {
  const slack = 1e-9 * Math.max(Math.abs(value), Math.abs(low), Math.abs(high));
  return value >= low - slack && value <= high + slack;
}
