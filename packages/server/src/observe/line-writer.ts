import type { Writable } from 'node:stream';

/** Writes lines to a stream that may be read slowly, or not at all. */
export interface LineWriter {
  /** Takes a line with its end. Never waits and never throws. */
  write(line: string): void;
  /** Resolves when all has gone out, or when that takes too long. */
  flush(): Promise<void>;
}

/** Longest wait of a line for others: to write each by itself costs an answer as much as to parse its request. */
const gatherMs = 20;
/** So much may wait for a slow reader; lines beyond it are lost, in UTF-16 code units. */
const maxWaiting = 4_194_304;
/** Longest wait for a slow reader at the end. */
const flushMs = 1000;

/** Creates a writer of lines to a stream. A stream that breaks, as a pipe whose reader has gone, ends the writing. */
export function createLineWriter(out: Writable): LineWriter {
  let lines: string[] = [];
  let waiting = 0;
  let timer: NodeJS.Timeout | undefined;

  const send = (onSent?: () => void): void => {
    clearTimeout(timer);
    timer = undefined;
    const text = lines.join('');
    lines = [];
    waiting = 0;
    if (out.writable) out.write(text, onSent);
    else onSent?.();
  };
  // Without a listener it would end the process.
  out.on('error', () => undefined);
  process.on('exit', () => send());

  return {
    write(line) {
      if (!out.writable || out.writableLength + waiting > maxWaiting) return;
      lines.push(line);
      waiting += line.length;
      timer ??= setTimeout(send, gatherMs).unref();
    },
    flush: () =>
      new Promise((resolve) => {
        const limit = setTimeout(resolve, flushMs);
        send(() => {
          clearTimeout(limit);
          resolve();
        });
      }),
  };
}
