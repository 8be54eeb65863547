import type { NovaError } from './nova-error.js';
import { toAbortError } from './to-abort-error.js';

/** Calls back when a signal is aborted, at once when it is already. Gives what lets go of the signal. */
export function onAbort(signal: AbortSignal | undefined, callback: (error: NovaError) => void): () => void {
  const listen = (): void => signal && callback(toAbortError(signal));
  if (signal?.aborted) listen();
  else signal?.addEventListener('abort', listen, { once: true });
  return () => signal?.removeEventListener('abort', listen);
}
