// An order that looks random, and is the same for one learner, one question and one try.

export function shuffled<T>(items: readonly T[], seed: string): T[] {
  const next = generator(seed);
  const result = items.slice();
  for (let last = result.length - 1; last > 0; last--) {
    const other = Math.floor(next() * (last + 1));
    const kept = result[last] as T;
    result[last] = result[other] as T;
    result[other] = kept;
  }
  return result;
}

// Shuffled, and never as it was: for items whose own order is the answer.
export function disordered<T>(items: readonly T[], seed: string): T[] {
  const result = shuffled(items, seed);
  if (result.every((item, at) => item === items[at])) result.push(...result.splice(0, 1));
  return result;
}

// FNV-1a of the seed, then mulberry32: both are enough to mix a list, neither is meant to keep a secret.
function generator(seed: string): () => number {
  let state = 0x811c9dc5;
  for (let at = 0; at < seed.length; at++) state = Math.imul(state ^ seed.charCodeAt(at), 0x01000193);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
