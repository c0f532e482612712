// Any text in characters that no LMS changes: letters, digits, `-`, `_`, and `~` around characters outside these,
// each written as three base64url digits (18 bits). A Chinese character costs three.

export const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const LITERAL = /^[A-Za-z0-9_-]$/;
const HIGHEST = 0x3ffff; // what 18 bits hold; beyond it a character is written as its two surrogates

export function digits(value: number, width: number): string {
  let text = "";
  for (let left = width, rest = value; left > 0; left -= 1, rest = Math.floor(rest / 64)) {
    text = DIGITS.charAt(rest % 64) + text;
  }
  return text;
}

export function fromDigits(text: string): number {
  return [...text].reduce((value, digit) => value * 64 + DIGITS.indexOf(digit), 0);
}

export function encodeText(text: string): string {
  let out = "";
  let wide = false;
  for (const character of units(text)) {
    const plain = LITERAL.test(character);
    if (plain === wide) {
      out += "~";
      wide = !wide;
    }
    out += plain ? character : digits(character.codePointAt(0) ?? 0, 3);
  }
  return wide ? `${out}~` : out;
}

/** The text again; a wide part that was cut off loses its incomplete character. */
export function decodeText(encoded: string): string {
  return encoded
    .split("~")
    .map((part, at) => (at % 2 === 0 ? part : (part.match(/.{3}/g) ?? []).map((three) => String.fromCodePoint(fromDigits(three))).join("")))
    .join("");
}

function units(text: string): string[] {
  return [...text].flatMap((character) => ((character.codePointAt(0) ?? 0) > HIGHEST ? character.split("") : [character]));
}
