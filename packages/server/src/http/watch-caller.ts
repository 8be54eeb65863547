import type { Context } from 'hono';
import { toOutgoing } from './answer-headers.js';
import type { AppEnv } from './app-env.js';

/**
 * Calls `onLeave` when the caller leaves before the answer has gone out, at once when that has happened already. Gives
 * what to call when it does not matter any more.
 *
 * Under Node by the response itself: to ask the adapter for the request's signal makes it create a whole `Request`.
 */
export function watchCaller(context: Context<AppEnv>, onLeave: () => void): () => void {
  const outgoing = toOutgoing(context);
  if (outgoing) {
    const onClose = (): void => {
      if (!outgoing.writableFinished) onLeave();
    };
    if (outgoing.destroyed) onClose();
    outgoing.on('close', onClose);
    return () => void outgoing.off('close', onClose);
  }
  const { signal } = context.req.raw;
  if (signal.aborted) onLeave();
  signal.addEventListener('abort', onLeave, { once: true });
  return () => signal.removeEventListener('abort', onLeave);
}
