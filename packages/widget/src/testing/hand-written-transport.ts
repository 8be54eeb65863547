import type { ChatInput, ChatRun, ChatTransport } from '@nova-chat/client/conversation';
import type { ChatEvent } from '@nova-chat/client/protocol';

/** Answers a chat with what a test writes, event by event; honours `stop` as the client does. */
export class HandWrittenTransport implements ChatTransport {
  readonly inputs: ChatInput[] = [];
  /** Those of each request. */
  readonly headers: (Record<string, string> | undefined)[] = [];
  stops = 0;
  #queue: ChatEvent[] = [];
  #wake: (() => void) | undefined;

  send(input: ChatInput, options: Parameters<ChatTransport['send']>[1] = {}): ChatRun {
    this.inputs.push(input);
    this.headers.push(options.headers);
    const queue: ChatEvent[] = [];
    this.#queue = queue;
    const wait = (): Promise<void> =>
      new Promise((resolve) => {
        this.#wake = resolve;
      });
    return {
      async *[Symbol.asyncIterator]() {
        for (let next = 0; ; next += 1) {
          while (queue.length === next) await wait();
          const event = queue[next];
          if (!event) return;
          yield event;
          if (event.type === 'end') return;
        }
      },
      stop: () => {
        this.stops += 1;
        this.write({ type: 'end', outcome: 'aborted' });
      },
    };
  }

  /** Hands events on; fails before anything has been asked, when nobody would hear them. */
  write(...events: ChatEvent[]): void {
    if (this.inputs.length === 0) throw new Error('Nothing has been asked yet: wait for the question.');
    this.#queue.push(...events);
    this.#wake?.();
  }

  /** Begins to answer. */
  start(): void {
    this.write({ type: 'stream-start', model: 'm' });
  }

  /** Says some words. */
  say(text: string): void {
    this.write({ type: 'text-delta', text, choice: 0 });
  }

  /** Ends well. */
  complete(): void {
    this.write({ type: 'end', outcome: 'complete', finishReason: 'stop' });
  }

  /** Fails, as a `NovaError` would say it. */
  fail(code: string, more: { retryable?: boolean; retryAfterMs?: number } = {}): void {
    const { retryable = true, retryAfterMs } = more;
    this.write({
      type: 'end',
      outcome: 'failed',
      error: { code, message: 'Internal words.', retryable, retryAfterMs },
    });
  }
}
