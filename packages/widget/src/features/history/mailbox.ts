/** Items on their way to one reader who waits for them one by one. */
export interface Mailbox<T> {
  push(item: T): void;
  next(): Promise<T>;
}

/** Creates a mailbox. */
export function createMailbox<T>(): Mailbox<T> {
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
