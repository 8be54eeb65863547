import type { ResumeFrame } from './resume-log.js';

export interface ReaderOptions {
  /** Yields frames until the end; the signal ends it quietly. */
  pull: (signal: AbortSignal) => AsyncGenerator<ResumeFrame, void>;
  signal: AbortSignal;
  /** Called once, whatever ends the reading. */
  onLeave: () => void;
}

/**
 * Makes a reading that frees what it holds at its end, at `return`, and at the signal, also when it waits or was never
 * begun: a generator alone would keep `return` waiting for the next frame.
 */
export function openReader({ pull, signal, onLeave }: ReaderOptions): AsyncIterableIterator<ResumeFrame> {
  const left = new AbortController();
  const leave = () => {
    if (left.signal.aborted) return;
    signal.removeEventListener('abort', leave);
    left.abort();
    onLeave();
  };
  signal.addEventListener('abort', leave, { once: true });
  if (signal.aborted) leave();
  const frames = pull(left.signal);
  const next = async (): Promise<IteratorResult<ResumeFrame, void>> => {
    try {
      const result = await frames.next();
      if (result.done) leave();
      return result;
    } catch (error) {
      leave();
      throw error;
    }
  };
  return {
    next,
    async return() {
      leave();
      await frames.return();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
