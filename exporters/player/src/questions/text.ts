// When two texts count as the same answer: NFKC, trimmed, inner white space collapsed, case folded.

const INVISIBLE = /[\u200b-\u200d\u2060\ufeff]/g;

/** Upper case first: it maps what full case folding would (ß, final sigma) before everything is lowered. */
export function fold(text: string): string {
  return text.normalize("NFKC").replace(INVISIBLE, "").replace(/\s+/g, " ").trim().toUpperCase().toLowerCase();
}
