import type { BreakerSnapshot } from '../breaker.js';
import type { SharedState } from '../shared-state.js';

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
