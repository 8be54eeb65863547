/** Keeps texts; a `Storage` of the platform is one. Any member may throw. */
export interface TextStorage {
  readonly length: number;
  key(index: number): string | null;
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/** A storage that never throws. */
export interface SafeStorage {
  keys(prefix: string): string[];
  get(key: string): string | undefined;
  set(key: string, value: string): void;
  remove(key: string): void;
}

/**
 * Wraps a storage that may be full, forbidden or missing: what it does not take is kept in memory, as long as the page
 * is there, and what it held before is kept beyond.
 */
export function createSafeStorage(storage?: TextStorage): SafeStorage {
  const memory = new Map<string, string>();
  const attempt = <T>(run: (storage: TextStorage) => T): T | undefined => {
    try {
      return storage && run(storage);
    } catch {
      return undefined;
    }
  };
  return {
    keys(prefix) {
      const stored = attempt((all) => [...Array(all.length)].map((_, index) => all.key(index) ?? '')) ?? [];
      return [...new Set([...stored, ...memory.keys()])].filter((key) => key.startsWith(prefix));
    },
    get: (key) => memory.get(key) ?? attempt((all) => all.getItem(key)) ?? undefined,
    set(key, value) {
      memory.set(key, value);
      const isStored = attempt((all) => {
        all.setItem(key, value);
        // A storage that accepts everything and returns nothing is useless.
        return all.getItem(key) === value && all.key(0) !== null;
      });
      // Otherwise what it held stays: after a reload it is better than nothing.
      if (isStored) memory.delete(key);
    },
    remove(key) {
      memory.delete(key);
      attempt((all) => all.removeItem(key));
    },
  };
}
