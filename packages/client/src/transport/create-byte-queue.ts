/** Bytes that wait between a socket and their reader. */
export interface ByteQueue {
  /** Takes bytes in; false when enough wait and the socket should pause. */
  push(bytes: Uint8Array): boolean;
  end(): void;
  fail(error: Error): void;
  body: AsyncIterable<Uint8Array>;
}

/** So much may wait before the socket is paused. */
const highWaterBytes = 64 * 1024;

/**
 * Creates a queue. What waits is read in one piece: servers send each event in an HTTP chunk of its own, many of them
 * come with one read of the socket, and each piece costs its reader a turn. `onDrain`: more may be read from the socket;
 * `onLeave`: the reader left before the end.
 */
export function createByteQueue(onDrain: () => void, onLeave: () => void): ByteQueue {
  let waiting: Uint8Array[] = [];
  let size = 0;
  let ended = false;
  let failure: Error | undefined;
  let reader: { resolve(result: IteratorResult<Uint8Array>): void; reject(error: Error): void } | undefined;

  const take = (): IteratorResult<Uint8Array> => {
    const [only] = waiting;
    const value = only && waiting.length === 1 ? only : Buffer.concat(waiting);
    const wasFull = size >= highWaterBytes;
    waiting = [];
    size = 0;
    if (wasFull) onDrain();
    return { done: false, value };
  };
  const wake = (): void => {
    const woken = reader;
    if (!woken || !(waiting.length > 0 || failure || ended)) return;
    reader = undefined;
    if (waiting.length > 0) woken.resolve(take());
    else if (failure) woken.reject(failure);
    else woken.resolve({ done: true, value: undefined });
  };
  const iterator: AsyncIterator<Uint8Array> = {
    next() {
      if (waiting.length > 0) return Promise.resolve(take());
      if (failure) return Promise.reject(failure);
      if (ended) return Promise.resolve({ done: true, value: undefined });
      return new Promise((resolve, reject) => {
        reader = { resolve, reject };
      });
    },
    return() {
      if (!ended && !failure) onLeave();
      ended = true;
      waiting = [];
      wake();
      return Promise.resolve({ done: true, value: undefined });
    },
  };

  return {
    push(bytes) {
      // The reader is woken when the whole read of the socket has been taken in.
      if (reader && waiting.length === 0) queueMicrotask(wake);
      waiting.push(bytes);
      size += bytes.length;
      return size < highWaterBytes;
    },
    end() {
      ended = true;
      if (waiting.length === 0) wake();
    },
    fail(error) {
      failure ??= error;
      if (waiting.length === 0) wake();
    },
    body: { [Symbol.asyncIterator]: () => iterator },
  };
}
