import type { NovaError } from '../errors/nova-error.js';
import { toBodyError } from '../errors/to-body-error.js';

export interface BodyGuard {
  body: AsyncIterable<Uint8Array>;
  /** Ends a read that is under way, and all later ones, with this error, and lets go of the connection. */
  fail(error: NovaError): void;
  /**
   * Leaving from now on lets the rest of the body come for a moment, so that the connection can serve again: after
   * `[DONE]` nothing is missing but the end of the body.
   */
  linger(): void;
}

/** The end of a body that is whole comes with its last bytes, or it is not worth the wait. */
const lingerMs = 1000;

/**
 * Wraps a body so that a read of it can always be ended from outside, even where the body itself never answers, and so
 * that what it throws is a `NovaError`: `stream_interrupted` or `decode_error`.
 */
export function guardBody(body: AsyncIterable<Uint8Array>, cancel?: () => void): BodyGuard {
  const iterator = body[Symbol.asyncIterator]();
  let failure: NovaError | undefined;
  let lingering = false;
  let rejectRead: ((error: NovaError) => void) | undefined;
  const leave = (): void => {
    cancel?.();
    // Not awaited: a generator answers `return` only after the read under way, which may never end.
    iterator.return?.().catch(() => {});
  };
  const drain = async (): Promise<void> => {
    const timer = setTimeout(leave, lingerMs);
    try {
      while (!(await iterator.next()).done);
    } catch {
      // Nobody asked for what comes now.
    }
    clearTimeout(timer);
  };
  return {
    body: {
      [Symbol.asyncIterator]: () => ({
        next: () =>
          new Promise((resolve, reject) => {
            if (failure) return reject(failure);
            rejectRead = reject;
            iterator.next().then(resolve, (error: unknown) => reject(failure ?? toBodyError(error)));
          }),
        return: async () => {
          if (lingering) void drain();
          else leave();
          return { done: true, value: undefined };
        },
      }),
    },
    linger() {
      lingering = true;
    },
    fail(error) {
      if (failure) return;
      failure = error;
      rejectRead?.(error);
      leave();
    },
  };
}
