import { maxTimerMs } from '../errors/max-timer-ms.js';
import { NovaError } from '../errors/nova-error.js';

/** How long a stream may say nothing, in ms. */
export interface ContentTimes {
  /** From the headers to the first content. */
  firstEventMs: number;
  /** Between content and content. */
  idleMs: number;
}

/** Watches one stream; `stop` must be called. */
export interface ContentTimer {
  /** Content came. */
  touch(): void;
  /** The answer is whole; what is still to come must come soon. */
  settle(): void;
  /** The reader is busy with what it was given: its time does not count. */
  hold(): void;
  /** The reader waits for the network again. */
  resume(): void;
  stop(): void;
}

/** How late a timer must fire before it is taken that the page was asleep. */
const asleepMs = 1000;
/** What a page that wakes gives its stream to show that it lives, and a whole answer for its usage and `[DONE]`. */
const graceMs = 5000;

/**
 * Watches that content keeps coming, on a monotonic clock, with one timer for the whole stream. Calls `onExpire` once,
 * with `first_event_timeout` or `idle_timeout`.
 */
export function createContentTimer(times: ContentTimes, onExpire: (error: NovaError) => void): ContentTimer {
  let limitMs = times.firstEventMs;
  let code: 'first_event_timeout' | 'idle_timeout' = 'first_event_timeout';
  let deadline = performance.now() + limitMs;
  let heldAt: number | undefined;
  let forgiven = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const arm = (ms: number): void => {
    timer = setTimeout(check, Math.min(ms, maxTimerMs));
  };
  const check = (): void => {
    timer = undefined;
    if (heldAt !== undefined) return;
    const leftMs = deadline - performance.now();
    if (leftMs > 0) {
      arm(leftMs);
      return;
    }
    // After a sleep, the timer and the bytes that waited in the socket wake together: let the bytes come first.
    if (leftMs < -asleepMs && !forgiven) {
      forgiven = true;
      arm(Math.min(limitMs, graceMs));
      return;
    }
    const what = code === 'idle_timeout' ? 'No more of the answer came' : 'Nothing of the answer came';
    onExpire(new NovaError({ code, message: `${what} for ${limitMs} ms.` }));
  };
  const limit = (ms: number): void => {
    limitMs = ms;
    code = 'idle_timeout';
    deadline = performance.now() + ms;
  };
  const rearm = (): void => {
    clearTimeout(timer);
    arm(limitMs);
  };
  arm(limitMs);

  return {
    touch() {
      forgiven = false;
      const isFirst = code === 'first_event_timeout';
      limit(times.idleMs);
      // The timer that runs was set for the first content, which may be given far more time.
      if (isFirst) rearm();
    },
    settle() {
      limit(Math.min(times.idleMs, graceMs));
      rearm();
    },
    hold() {
      heldAt = performance.now();
    },
    resume() {
      if (heldAt === undefined) return;
      const now = performance.now();
      deadline += now - heldAt;
      heldAt = undefined;
      if (timer === undefined) arm(deadline - now);
    },
    stop() {
      clearTimeout(timer);
      heldAt = 0;
    },
  };
}
