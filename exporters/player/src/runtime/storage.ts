// Local storage where there is any.

/** Null where local storage is missing (some embedded browsers), forbidden (SecurityError) or full (QuotaExceededError). */
export function withStorage<T>(use: (storage: Storage) => T): T | null {
  try {
    const storage: Storage | null = window.localStorage;
    return storage === null ? null : use(storage);
  } catch (error) {
    if (error instanceof DOMException) return null;
    throw error;
  }
}
