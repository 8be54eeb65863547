import { createParser } from 'eventsource-parser';
import type { NovaError } from '../errors/nova-error.js';
import { createStreamFailure } from './create-stream-failure.js';
import {
  defaultMaxEventLength,
  isWholeMessage,
  type MessageParser,
  type ParserOptions,
  type StreamMessage,
} from './stream-message.js';

/** Parses an event stream; knows what an `EventSource` would know. */
export interface SseParser extends MessageParser {
  /** The last event id, also of blocks without data. */
  readonly lastEventId: string;
  /** The wait before a reconnect that the server asked for with `retry:`. */
  readonly retryMs: number | undefined;
}

/**
 * Creates a parser of an event stream as WHATWG defines it
 * (https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation): always UTF-8, one
 * leading byte order mark dropped. Its one way to differ is `unterminated`.
 */
export function createSseParser(options: ParserOptions = {}): SseParser {
  const { maxEventLength = defaultMaxEventLength, unterminated = 'keep-json' } = options;
  // The parser drops the byte order mark itself; if the decoder did too, a doubled one would vanish whole.
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let batch: StreamMessage[] = [];
  let lastEventId = '';
  let retryMs: number | undefined;
  let failure: NovaError | undefined;

  const failTooLarge = (): void => {
    failure ??= createStreamFailure('event_too_large', `longer than ${maxEventLength} characters`);
  };
  const parser = createParser({
    maxBufferSize: maxEventLength,
    onEvent(event) {
      // A long event that came in one piece never was in the parser's buffer.
      if (event.data.length > maxEventLength) failTooLarge();
      if (failure) return;
      if (event.id === undefined && lastEventId) event.id = lastEventId;
      batch.push(event);
    },
    onId: (id) => {
      lastEventId = id;
    },
    onRetry: (ms) => {
      retryMs = ms;
    },
    onError(error) {
      if (error.type === 'max-buffer-size-exceeded') failTooLarge();
    },
  });
  const feed = (text: string): StreamMessage[] => {
    if (!failure) parser.feed(text);
    const messages = batch;
    if (messages.length) batch = [];
    return messages;
  };

  return {
    push: (bytes) => feed(decoder.decode(bytes, { stream: true })),
    end() {
      const cut = decoder.decode();
      const messages = unterminated === 'discard' ? [] : feed('\n\n').filter(({ data }) => isWholeMessage(data));
      if (cut) failure ??= createStreamFailure('stream_truncated', 'cut inside a character');
      return messages;
    },
    get lastEventId() {
      return lastEventId;
    },
    get retryMs() {
      return retryMs;
    },
    get failure() {
      return failure;
    },
  };
}
