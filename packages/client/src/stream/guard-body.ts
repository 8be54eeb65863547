import type { NovaError } from '../errors/nova-error.js';
import { toBodyError } from '../errors/to-body-error.js';

/** A body whose reads can be ended from outside. */
export interface BodyGuard {
  body: AsyncIterable<Uint8Array>;
  /** Reads the next bytes, as `body` does. */
  next(): Promise<IteratorResult<Uint8Array>>;
  /** Ends a read that is under way, and all later ones, with this error, and lets go of the connection. */
  fail(error: NovaError): void;
  /** Lets go of the connection. */
  leave(): void;
  /**
   * Lets the rest of the body come for a moment and then leaves, so that the connection can serve again: after `[DONE]`
   * nothing is missing but the end of the body.
   */
  linger(): void;
}

/** The end of a body that is whole comes with its last bytes, or it is not worth the wait. */
const lingerMs = 1000;

/**
 * Wraps a body so that a read of it can always be ended from outside, even where the body itself never answers, and so
 * that what it throws is a `NovaError`: `stream_interrupted` or `decode_error`.
 */
export function guardBody(source: AsyncIterable<Uint8Array>, cancel?: () => void): BodyGuard {
  const iterator = source[Symbol.asyncIterator]();
  let failure: NovaError | undefined;
  let rejectRead: ((error: NovaError) => void) | undefined;

  const next = (): Promise<IteratorResult<Uint8Array>> =>
    new Promise((resolve, reject) => {
      if (failure) {
        reject(failure);
        return;
      }
      rejectRead = reject;
      const onRead = (result: IteratorResult<Uint8Array>): void => {
        // It would keep the bytes alive until the next read.
        rejectRead = undefined;
        resolve(result);
      };
      iterator.next().then(onRead, (error: unknown) => reject(failure ?? toBodyError(error)));
    });
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
      // The reader has left: what comes now is not needed.
    }
    clearTimeout(timer);
  };
  return {
    next,
    leave,
    linger: () => void drain(),
    fail(error) {
      if (failure) return;
      failure = error;
      rejectRead?.(error);
      leave();
    },
    body: {
      [Symbol.asyncIterator]: () => ({
        next,
        async return() {
          leave();
          return { done: true, value: undefined };
        },
      }),
    },
  };
}
