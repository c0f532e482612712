// Finding the LMS's API object (SCORM 1.2 RTE 3.3.6.1, 2004 RTE 3.3.4): this window and its parents, then the
// opener and its parents, then the opener of the topmost window. Frames of other origins on the way are passed over.

export type Api = Readonly<Record<string, (...words: string[]) => unknown>>;

const LEVELS = 500; // the standards' own sample code gives up after as many parents

/** `API` for 1.2, `API_1484_11` for 2004; `initialize` is the call that tells it from something else of that name. */
export function findApi(name: string, initialize: string, start: Window): Api | null {
  const look = (from: Window | null): Api | null => (from === null ? null : climb(from, name, initialize));
  return look(start) ?? look(reach(start, "opener")) ?? look(reach(reach(start, "top"), "opener"));
}

function climb(start: Window, name: string, initialize: string): Api | null {
  let here = start;
  for (let level = 0; level <= LEVELS; level += 1) {
    const found = apiIn(here, name, initialize);
    if (found !== null) return found;
    const above = reach(here, "parent");
    if (above === null || above === here) return null;
    here = above;
  }
  return null;
}

/** A window of another origin throws a SecurityError for anything of its own; so may a closed opener. */
function apiIn(frame: Window, name: string, initialize: string): Api | null {
  try {
    const found = (frame as unknown as Readonly<Record<string, Api | null | undefined>>)[name];
    return found?.[initialize] === undefined ? null : found;
  } catch {
    return null;
  }
}

function reach(frame: Window | null, relation: "parent" | "opener" | "top"): Window | null {
  try {
    return (frame?.[relation] as Window | null | undefined) ?? null;
  } catch {
    return null;
  }
}
