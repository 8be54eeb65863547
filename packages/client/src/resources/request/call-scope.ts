import { maxTimerMs } from '../../errors/max-timer-ms.js';
import { NovaError } from '../../errors/nova-error.js';
import { onAbort } from '../../errors/on-abort.js';

/** The life of one call: its attempts, its waits and its stream end with it. */
export interface CallScope {
  /** Aborted with a `NovaError` as its reason. */
  signal: AbortSignal;
  /** On the clock of `performance.now()`. */
  deadline: number;
  abort(error: NovaError): void;
  /** Lets go of the caller's signal and of the timer. Must be called. */
  close(): void;
}

/** Opens the scope of a call: it ends with the caller's signal or with the total limit, whichever comes first. */
export function openCallScope(totalMs: number, caller?: AbortSignal): CallScope {
  const controller = new AbortController();
  let letGo: (() => void) | undefined;
  const close = (): void => {
    clearTimeout(timer);
    letGo?.();
  };
  const abort = (error: NovaError): void => {
    close();
    controller.abort(error);
  };
  const timer = setTimeout(
    () => abort(new NovaError({ code: 'total_timeout', message: `The call took longer than ${totalMs} ms.` })),
    Math.min(totalMs, maxTimerMs),
  );
  letGo = onAbort(caller, abort);
  return { signal: controller.signal, deadline: performance.now() + totalMs, abort, close };
}
