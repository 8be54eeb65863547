import type { MiddlewareHandler } from 'hono';
import { ApiError } from '../errors/api-error.js';
import { setHeader } from './answer-headers.js';
import type { AppEnv } from './app-env.js';

/** The way from serving to stopped. */
export interface Drain {
  readonly state: 'serving' | 'draining';
  /** Answers that are under way. */
  readonly running: number;
  /** From now on nothing new is taken. */
  begin(): void;
  /** Ends what is still running, each with the error `server_shutting_down`. */
  cut(): void;
  /** Registers an answer under way; gives back what to call at its end. */
  track(abort: (reason: ApiError) => void): () => void;
  /** Settles when nothing is running. */
  idle(): Promise<void>;
}

/** Creates what a server that stops goes through; it begins as `serving`. */
export function createDrain(): Drain {
  const running = new Set<(reason: ApiError) => void>();
  let state: Drain['state'] = 'serving';
  let onIdle: (() => void) | undefined;
  return {
    get state() {
      return state;
    },
    get running() {
      return running.size;
    },
    begin() {
      state = 'draining';
    },
    cut() {
      for (const abort of running) abort(shuttingDown());
    },
    track(abort) {
      running.add(abort);
      return () => {
        running.delete(abort);
        if (running.size === 0) onIdle?.();
      };
    },
    idle: () =>
      running.size === 0
        ? Promise.resolve()
        : new Promise((resolve) => {
            onIdle = resolve;
          }),
  };
}

/**
 * A question is asked again in a moment; a page that got no script has no chat until it is loaded again, and whoever comes
 * back for an answer that is under way finds the rest of it nowhere else.
 */
const refused = /^\/(?:v1\/(?!chat\/streams\/)|ready$)/;

/** Refuses what is newly asked of the API after the server has begun to stop; files and `/health` are still there. */
export function refuseWhileDraining(drain: Drain): MiddlewareHandler<AppEnv> {
  return (context, next) => {
    if (drain.state === 'serving') return next();
    setHeader(context, 'connection', 'close');
    if (!refused.test(context.req.path)) return next();
    throw shuttingDown();
  };
}

/** Creates the error for a request to a server that is stopping, and for an answer that it cuts. */
export function shuttingDown(): ApiError {
  return new ApiError({
    status: 503,
    code: 'server_shutting_down',
    message: 'The server is shutting down. Ask again in a moment.',
    retryAfterMs: 1000,
  });
}
