import type { BreakerSnapshot } from './breaker.js';

/** The right to be the only one of all instances that tests a target. */
export interface ProbeLease {
  /** Belongs into `finally`. `failed`: nobody else shall test before the others have heard of it. */
  release(outcome: 'failed' | 'other'): void;
}

/**
 * Tells the instances of a server what each of them sees of the providers. Nothing but `lease` is ever awaited on
 * the way of a request: each instance decides by what it knows.
 */
export interface SharedState {
  /** Hears what others say of a target from now on, and soon what they have said before. */
  watch(key: string, onSnapshot: (snapshot: BreakerSnapshot) => void): void;
  /** Tells the others. Returns at once, and never fails. */
  publish(key: string, snapshot: BreakerSnapshot): void;
  /**
   * Asks to be the only one that tests a target for so long. Gives the time for which another one has that right, or
   * undefined when it cannot be known, soon: the instance then decides alone.
   */
  lease(key: string, holdMs: number): Promise<ProbeLease | { takenMs: number } | undefined>;
  close(): Promise<void>;
}

/** Creates the bus of one process. Each call of the result joins one instance. */
export function createMemoryBus(): () => SharedState {
  const leases = new Set<string>();
  const members = new Set<Map<string, (snapshot: BreakerSnapshot) => void>>();
  return () => {
    const own = new Map<string, (snapshot: BreakerSnapshot) => void>();
    members.add(own);
    return {
      watch: (key, onSnapshot) => void own.set(key, onSnapshot),
      publish(key, snapshot) {
        for (const member of members) if (member !== own) member.get(key)?.(snapshot);
      },
      async lease(key, holdMs) {
        if (leases.has(key)) return { takenMs: holdMs };
        leases.add(key);
        return { release: () => void leases.delete(key) };
      },
      close: async () => void members.delete(own),
    };
  };
}
