/** Items for one reader, who waits for them one by one. */
export interface AsyncQueue<T> {
  push(item: T): void;
  next(): Promise<T>;
}

/** Creates an empty queue. */
export function createAsyncQueue<T>(): AsyncQueue<T> {
  const items: T[] = [];
  let wake: (() => void) | undefined;
  return {
    push(item) {
      items.push(item);
      wake?.();
    },
    async next() {
      while (items.length === 0) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      return items.shift() as T;
    },
  };
}
