/** Events on their way from one writer to one reader, or to the two of a `tee`. */
export interface EventLog<T> {
  push(event: T): void;
  end(): void;
  /** Resolves when the readers have made room; undefined when there is room. */
  room(): Promise<void> | undefined;
  /** Takes any number of events from now on, while nobody reads: somebody waits for the end. */
  unbound(): void;
  /** Opens readers. Throws a `TypeError` the second time. `onLeave`: all of them left before the end. */
  read(count: number, onLeave: () => void): AsyncIterableIterator<T>[];
}

interface Reader<T> {
  at: number;
  left: boolean;
  waiting: ((result: IteratorResult<T>) => void)[];
}

/** So many events may wait for their readers before the network is no longer read. */
const highWater = 1024;

/** Creates a log. What all readers have read is forgotten. */
export function createEventLog<T>(): EventLog<T> {
  let events: T[] = [];
  /** Position of `events[0]` among all events. */
  let base = 0;
  let ended = false;
  let bound = true;
  let readers: Reader<T>[] | undefined;
  let makeRoom: (() => void) | undefined;

  const length = (): number => base + events.length;
  const unread = (): number =>
    length() - Math.min(...(readers?.filter(({ left }) => !left).map(({ at }) => at) ?? [base]));
  const take = (reader: Reader<T>): IteratorResult<T> => {
    const value = events[reader.at++ - base] as T;
    // Forgotten in lots, as each removal moves what is behind it.
    if (reader.at === length() || reader.at - base > highWater) forget();
    if (makeRoom) release();
    return { done: false, value };
  };
  const forget = (): void => {
    const read = length() - unread() - base;
    events = read === events.length ? [] : events.slice(read);
    base += read;
  };
  const release = (): void => {
    if (bound && unread() >= highWater / 2) return;
    makeRoom?.();
    makeRoom = undefined;
  };
  const createReader = (reader: Reader<T>, onLeave: () => void): AsyncIterableIterator<T> => {
    const leave = (): void => {
      if (reader.left) return;
      reader.left = true;
      for (const wake of reader.waiting.splice(0)) wake({ done: true, value: undefined });
      if (readers?.some(({ left }) => !left)) {
        // The one that others waited for may have left.
        forget();
        release();
      } else if (!ended) onLeave();
    };
    return {
      [Symbol.asyncIterator]() {
        return this;
      },
      next() {
        if (!reader.left && reader.at < length()) return Promise.resolve(take(reader));
        if (ended || reader.left) return Promise.resolve({ done: true, value: undefined });
        return new Promise((resolve) => reader.waiting.push(resolve));
      },
      return() {
        leave();
        return Promise.resolve({ done: true, value: undefined });
      },
    };
  };

  return {
    push(event) {
      events.push(event);
      for (const reader of readers ?? []) {
        const wake = reader.waiting.shift();
        if (wake) wake(take(reader));
      }
    },
    end() {
      ended = true;
      for (const reader of readers ?? []) {
        for (const wake of reader.waiting.splice(0)) wake({ done: true, value: undefined });
      }
    },
    room: () =>
      bound && events.length >= highWater && unread() >= highWater ? new Promise((r) => (makeRoom = r)) : undefined,
    unbound() {
      bound = Boolean(readers?.some(({ left }) => !left));
      release();
    },
    read(count, onLeave) {
      if (readers) throw new TypeError('This stream is being read already; use tee().');
      readers = Array.from({ length: count }, () => ({ at: base, left: false, waiting: [] }));
      bound = true;
      return readers.map((reader) => createReader(reader, onLeave));
    },
  };
}
