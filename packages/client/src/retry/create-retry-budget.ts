/** Limits what retries add to the load of a server that is down. */
export interface RetryBudget {
  /** A call begins. */
  deposit(): void;
  /** Takes one retry; false when there is none left. */
  withdraw(): boolean;
}

/** So many retries are there at the start, and at most. */
const most = 20;
/** Each call brings a tenth of a retry: a busy client adds at most 10 % to the load. */
const perCall = 0.1;
/** Time brings some too, so that a client that seldom calls always has its retries. */
const msPerRetry = 3000;

/** Creates the budget of one client: a bucket of retries that calls and time fill up. */
export function createRetryBudget(now: () => number = () => performance.now()): RetryBudget {
  let left = most;
  let at = now();
  return {
    deposit() {
      left = Math.min(most, left + perCall);
    },
    withdraw() {
      const time = now();
      left = Math.min(most, left + (time - at) / msPerRetry);
      at = time;
      if (left < 1) return false;
      left--;
      return true;
    },
  };
}
