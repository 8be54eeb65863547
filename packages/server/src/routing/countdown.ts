/** A time that runs down by the clock alone. */
export interface Countdown {
  /** 0 when it is over. */
  leftMs(): number;
  /** Starts again with this time, whatever was left. */
  set(ms: number): void;
  /** Makes it longer, never shorter. */
  extend(ms: number): void;
}

/** Creates a countdown that is over. A clock that is set back starts it again, so that none outlasts its length. */
export function createCountdown(now: () => number): Countdown {
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
