import type { CallOptions, ClientOptions } from './client-options.js';
import type { ChatEvent, ChatRequest } from './protocol/index.js';
import { joinTexts } from './resources/answer/join-texts.js';
import { startAnswer } from './resources/answer/start-answer.js';
import { createClientCore } from './resources/client-core.js';
import { createSend } from './resources/request/send-request.js';
import { sendWithFetch } from './transport/send-with-fetch.js';

/**
 * An answer under way, to be read once. Leaving the loop closes its connection. Nothing of it throws or rejects. Text
 * that has come while its reader was busy is one event.
 */
export interface ChatAnswer extends AsyncIterable<ChatEvent> {
  /** Ends the answer, before its first byte too. The outcome is `aborted`. */
  stop(): void;
}

/** What a page needs to chat. */
export interface Chat {
  /** Starts a streamed answer, at once. How it went is its `end` event. */
  stream(request: ChatRequest, options?: Pick<CallOptions, 'signal' | 'headers'>): ChatAnswer;
}

/** The options of `createClient` that are supported here. They are not validated at run time. */
export type ChatOptions = Pick<ClientOptions, 'baseUrl' | 'headers' | 'fetch' | 'transport' | 'retry' | 'timeouts'>;

/**
 * Creates the part of a client that a chat in a page needs, for pages that count each kilobyte: streamed answers as
 * events, with the retries, timers and errors of `createClient`. It assembles no results, resumes nothing, and
 * follows no redirects, which browsers hide.
 */
export function createChat(options: ChatOptions): Chat {
  const { transport = { send: sendWithFetch({ fetch: options.fetch }) } } = options;
  const core = createClientCore(
    options,
    createSend(options, (request) => transport.send(request)),
  );
  return {
    stream(request, call = {}) {
      const { log, leave } = startAnswer({ ...core.openRun(call), body: request, options: call, join: joinTexts });
      return { [Symbol.asyncIterator]: () => log.read(1, leave)[0] as AsyncIterator<ChatEvent>, stop: leave };
    },
  };
}
