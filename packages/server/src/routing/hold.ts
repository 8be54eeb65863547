/** A wait that ends by the clock alone. */
export interface Hold {
  /** 0 when the wait is over. */
  leftMs(): number;
  /** Waits from now on, whatever was left. */
  set(ms: number): void;
  /** Waits longer, never shorter. */
  extend(ms: number): void;
}

/** Creates a hold that is over. A clock that goes back starts the wait again, so that none outlasts its length. */
export function createHold(now: () => number): Hold {
  let since = 0;
  let lengthMs = 0;
  const leftMs = () => {
    const elapsedMs = now() - since;
    if (elapsedMs < 0) since = now();
    return Math.max(0, lengthMs - Math.max(0, elapsedMs));
  };
  const set = (ms: number) => {
    since = now();
    lengthMs = ms;
  };
  return {
    leftMs,
    set,
    extend(ms) {
      if (ms > leftMs()) set(ms);
    },
  };
}
