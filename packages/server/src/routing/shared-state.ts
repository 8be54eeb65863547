import type { BreakerSnapshot } from './breaker.js';

/** The right to be the only one of all instances that tests a target. */
export interface ProbeLease {
  /** Belongs into `finally`. `failed`: no other instance should probe before all have heard of it. */
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
