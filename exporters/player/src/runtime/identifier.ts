// Identifiers that both standards take: SCORM 1.2's CMIIdentifier has letters, digits, `-` and `_` only, at most 255.

const PLAIN = /^[A-Za-z0-9_-]{1,200}$/;

/** A plain identifier is its own name; any other keeps its ASCII part and gains a hash, whatever its order or place. */
export function identifier(id: string): string {
  if (PLAIN.test(id)) return id;
  const readable = id.replace(/[^A-Za-z0-9_]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 48);
  return `${readable === "" ? "x" : readable}-${hash(id)}`;
}

/** FNV-1a over UTF-16 code units, twice with different seeds: 64 bits. */
function hash(text: string): string {
  return [0x811c9dc5, 0x9747b28c]
    .map((seed) => {
      let sum = seed;
      for (let at = 0; at < text.length; at += 1) sum = Math.imul(sum ^ text.charCodeAt(at), 0x01000193);
      return (sum >>> 0).toString(16).padStart(8, "0");
    })
    .join("");
}
