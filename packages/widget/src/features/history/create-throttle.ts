/** Runs something later, at most once at a time. */
export interface Throttle {
  /** Runs it in `delayMs`, unless it is on its way already. */
  start(delayMs: number): void;
  stop(): void;
}

/** Creates a throttle. */
export function createThrottle(run: () => void): Throttle {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    start(delayMs) {
      timer ??= setTimeout(() => {
        timer = undefined;
        run();
      }, delayMs);
    },
    stop() {
      clearTimeout(timer);
      timer = undefined;
    },
  };
}
