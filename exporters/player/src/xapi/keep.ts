// What must outlive the page: in local storage (until the store has it) or in the tab's session storage (as long as
// the launch). Where the browser forbids storage, everything still works until the page is closed.

import { withStorage } from "../runtime/storage";

/** The value under `key`, or null when there is none or it isn't what was written. */
export function recall<T>(key: string, isOne: (value: unknown) => value is T): T | null {
  return parse(withStorage((storage) => storage.getItem(key)), isOne);
}

/** False where it couldn't be kept. */
export function keep(key: string, value: unknown): boolean {
  return withStorage((storage) => (storage.setItem(key, JSON.stringify(value)), true)) ?? false;
}

export function forget(key: string): void {
  withStorage((storage) => storage.removeItem(key));
}

export function keysBeginning(prefix: string): string[] {
  const all = withStorage((storage) => Array.from({ length: storage.length }, (_, at) => storage.key(at) ?? ""));
  return (all ?? []).filter((key) => key.startsWith(prefix)).sort();
}

export function recallInTab<T>(key: string, isOne: (value: unknown) => value is T): T | null {
  return parse(inTab((storage) => storage.getItem(key)), isOne);
}

export function keepInTab(key: string, value: unknown): boolean {
  return inTab((storage) => (storage.setItem(key, JSON.stringify(value)), true)) ?? false;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function inTab<T>(use: (storage: Storage) => T): T | null {
  try {
    return use(window.sessionStorage);
  } catch (error) {
    if (error instanceof DOMException) return null;
    throw error;
  }
}

function parse<T>(text: string | null, isOne: (value: unknown) => value is T): T | null {
  const value = text === null ? undefined : parseJson(text);
  return value !== undefined && value !== null && isOne(value) ? value : null;
}

/** Undefined for what is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
