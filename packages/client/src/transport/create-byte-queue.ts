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

/** Creates a queue. `onDrain`: more may be read from the socket; `onLeave`: the reader left before the end. */
export function createByteQueue(onDrain: () => void, onLeave: () => void): ByteQueue {
  let waiting: Uint8Array[] = [];
  let first = 0;
  let size = 0;
  let ended = false;
  let failure: Error | undefined;
  let reader: { resolve(result: IteratorResult<Uint8Array>): void; reject(error: Error): void } | undefined;

  const take = (): Uint8Array => {
    const bytes = waiting[first++] as Uint8Array;
    if (first === waiting.length) {
      waiting = [];
      first = 0;
    }
    const wasFull = size >= highWaterBytes;
    size -= bytes.length;
    if (wasFull && size < highWaterBytes) onDrain();
    return bytes;
  };
  const iterator: AsyncIterator<Uint8Array> = {
    next() {
      if (first < waiting.length) return Promise.resolve({ done: false, value: take() });
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
      first = 0;
      reader?.resolve({ done: true, value: undefined });
      reader = undefined;
      return Promise.resolve({ done: true, value: undefined });
    },
  };

  return {
    push(bytes) {
      if (reader) {
        const { resolve } = reader;
        reader = undefined;
        resolve({ done: false, value: bytes });
        return true;
      }
      waiting.push(bytes);
      size += bytes.length;
      return size < highWaterBytes;
    },
    end() {
      ended = true;
      reader?.resolve({ done: true, value: undefined });
      reader = undefined;
    },
    fail(error) {
      failure ??= error;
      reader?.reject(error);
      reader = undefined;
    },
    body: { [Symbol.asyncIterator]: () => iterator },
  };
}
