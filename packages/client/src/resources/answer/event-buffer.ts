import { NovaError } from '../../errors/nova-error.js';

/** Events on their way from one writer to one reader, or to the two of a `tee`. */
export interface EventBuffer<T> {
  push(event: T): void;
  end(): void;
  /** Resolves when the readers have made room; undefined when there is room. */
  room(): Promise<void> | undefined;
  /** Takes any number of events, until a reader comes: a caller waits for the end. */
  unbound(): void;
  /** Events so far. */
  length(): number;
  /** Events that were handed to the slowest reader; undefined when there was none. */
  taken(): number | undefined;
  /** Opens readers. Throws `already_read` the second time. `onLeave`: all of them left before the end. */
  read(count: number, onLeave: () => void): AsyncIterableIterator<T>[];
}

/** One event. Nothing leads back to it, so what all readers have read is forgotten by itself. */
interface Link<T> {
  value?: T;
  /** Events up to here. */
  at: number;
  next?: Link<T>;
}

interface Reader<T> {
  /** The last one that was taken. */
  link: Link<T>;
  left: boolean;
  waiting: ((result: IteratorResult<T>) => void)[];
}

/** So many events may wait for their readers before the network is no longer read. */
const highWater = 1024;

const over: IteratorResult<never> = { done: true, value: undefined };

/**
 * Creates a log. `join`: two events that wait one behind the other as one, where that says the same; its reader gets
 * what has come at once with fewer turns.
 */
export function createEventBuffer<T>(join?: (first: T, second: T) => T | undefined): EventBuffer<T> {
  let last: Link<T> = { at: 0 };
  let start: Link<T> | undefined = last;
  let readers: Reader<T>[] = [];
  let ended = false;
  let bound = true;
  let makeRoom: (() => void) | undefined;

  const unread = (): number => last.at - (toSlowest(readers) ?? 0);
  const release = (): void => {
    if (bound && unread() >= highWater / 2) return;
    makeRoom?.();
    makeRoom = undefined;
  };
  const take = (reader: Reader<T>): IteratorResult<T> | undefined => {
    let { next } = reader.link;
    if (!next) return undefined;
    let value = next.value as T;
    for (let joined: T | undefined; next.next; next = next.next) {
      joined = join?.(value, next.next.value as T);
      if (!joined) break;
      value = joined;
    }
    reader.link = next;
    if (makeRoom) release();
    return { done: false, value };
  };
  const next = (reader: Reader<T>): Promise<IteratorResult<T>> => {
    const result = take(reader) ?? (reader.left || ended ? over : undefined);
    return result ? Promise.resolve(result) : new Promise((resolve) => reader.waiting.push(resolve));
  };
  const leave = (reader: Reader<T>, onLeave: () => void): void => {
    if (reader.left) return;
    reader.left = true;
    // What it has not read is not kept for it.
    reader.link = { at: reader.link.at };
    dismiss(reader);
    // The one that others waited for may have left.
    if (readers.some(({ left }) => !left)) release();
    else if (!ended) onLeave();
  };

  return {
    push(value) {
      last = last.next = { value, at: last.at + 1 };
      // Here and on the way from an event to this place, `for…of` would allocate with each turn.
      readers.forEach((reader) => {
        if (reader.waiting[0]) reader.waiting.shift()?.(take(reader) ?? over);
      });
    },
    end() {
      ended = true;
      readers.forEach(dismiss);
    },
    room: () => (bound && unread() >= highWater ? new Promise((resolve) => (makeRoom = resolve)) : undefined),
    unbound() {
      bound = false;
      release();
    },
    length: () => last.at,
    taken: () => toSlowest(readers),
    read(count, onLeave) {
      if (!start) throw new NovaError({ code: 'already_read', message });
      bound = true;
      readers = [...Array(count)].map(() => ({ link: start as Link<T>, left: false, waiting: [] }));
      // Holding it would keep everything behind it alive.
      start = undefined;
      return readers.map((reader) =>
        toIterator(
          () => next(reader),
          () => leave(reader, onLeave),
        ),
      );
    },
  };
}

const message = 'A stream is read once; tee() gives two.';

/** Events that the slowest of those who are there has taken; when all have left, of all. */
function toSlowest(readers: readonly { left: boolean; link: { at: number } }[]): number | undefined {
  const here = readers.filter(({ left }) => !left);
  return readers[0] && Math.min(...(here[0] ? here : readers).map(({ link }) => link.at));
}

function dismiss({ waiting }: { waiting: ((result: IteratorResult<never>) => void)[] }): void {
  for (const wake of waiting.splice(0)) wake(over);
}

function toIterator<T>(next: () => Promise<IteratorResult<T>>, leave: () => void): AsyncIterableIterator<T> {
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    next,
    async return() {
      leave();
      return over;
    },
  };
}
