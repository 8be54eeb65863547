import type { BreakerSnapshot } from './breaker.js';

/**
 * Tells the instances of a server what each of them sees of the providers. Nothing here is ever awaited on the way of
 * a request: each instance decides by what it knows.
 */
export interface SharedState {
  /** Hears what others say of a target from now on, and soon what they have said before. */
  watch(key: string, onSnapshot: (snapshot: BreakerSnapshot) => void): void;
  /** Tells the others. Returns at once, and never fails. */
  publish(key: string, snapshot: BreakerSnapshot): void;
  close(): Promise<void>;
}

/** Creates the bus of one process. Each call of the result joins one instance. */
export function createMemoryBus(): () => SharedState {
  const members = new Set<Map<string, (snapshot: BreakerSnapshot) => void>>();
  return () => {
    const own = new Map<string, (snapshot: BreakerSnapshot) => void>();
    members.add(own);
    return {
      watch: (key, onSnapshot) => void own.set(key, onSnapshot),
      publish(key, snapshot) {
        for (const member of members) if (member !== own) member.get(key)?.(snapshot);
      },
      close: async () => void members.delete(own),
    };
  };
}
