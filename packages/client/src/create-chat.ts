import type { ChatStreamOptions, ClientOptions } from './client-options.js';
import type { ChatEvent, ChatRequest } from './protocol/index.js';
import { createClientCore } from './resources/client-core.js';
import { startAnswer } from './resources/start-answer.js';
import { sendWithFetch } from './transport/send-with-fetch.js';

/** An answer under way, to be read once. Leaving the loop closes its connection. Nothing of it throws or rejects. */
export interface ChatAnswer extends AsyncIterable<ChatEvent> {
  /** Ends the answer, before its first byte too. The outcome is `aborted`. */
  stop(): void;
}

/** What a page needs to chat. */
export interface Chat {
  /** Starts a streamed answer, at once. How it went is its `end` event. */
  stream(request: ChatRequest, options?: Omit<ChatStreamOptions, 'resume'>): ChatAnswer;
}

/**
 * Creates the part of a client that a chat in a page needs, for pages that count each kilobyte: streamed answers as
 * events, with the retries, timers and errors of `createClient`. What it leaves out: results put together, resuming,
 * redirects (a browser shows none), and the check of the options, which are those of `createClient`.
 */
export function createChat(options: ClientOptions): Chat {
  const core = createClientCore(options, options.transport ?? { send: sendWithFetch(options.fetch) });
  return {
    stream(request, call = {}) {
      const { log, leave } = startAnswer({
        ...core.openRun(call),
        body: request,
        options: core.withIdempotencyKey(call),
      });
      return { [Symbol.asyncIterator]: () => log.read(1, leave)[0] as AsyncIterator<ChatEvent>, stop: leave };
    },
  };
}
