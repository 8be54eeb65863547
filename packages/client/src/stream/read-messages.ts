import { createJsonParser } from './create-json-parser.js';
import { type BodyHead, createMessageParser } from './create-message-parser.js';
import { createSseParser } from './create-sse-parser.js';
import type { MessageParser, ParserOptions, StreamMessage } from './stream-message.js';

/** A body and what its headers say of it. A `TransportResponse` has this shape. */
export interface StreamSource extends BodyHead {
  body: AsyncIterable<Uint8Array>;
  /** Lets go of the connection. */
  cancel?(): void;
}

/**
 * Reads a stream of events or JSON lines, told apart by content type and first bytes. Yields the messages of each
 * network chunk together: one await a chunk, not one an event. Throws `unexpected_content_type`, `event_too_large`
 * and `stream_truncated` as a `NovaError`, after the messages before the fault, and what the body throws.
 */
export function readMessages(source: StreamSource, options: ParserOptions = {}): AsyncGenerator<StreamMessage[]> {
  return readWith(source.body, () => createMessageParser(source, options));
}

/** Reads an event stream, a batch of messages for each network chunk. Faults as in `readMessages`. */
export function readSseBatches(
  body: AsyncIterable<Uint8Array>,
  options: ParserOptions = {},
): AsyncGenerator<StreamMessage[]> {
  return readWith(body, () => createSseParser(options));
}

/** Reads an event stream message by message. Faults as in `readMessages`. */
export function readSse(body: AsyncIterable<Uint8Array>, options: ParserOptions = {}): AsyncGenerator<StreamMessage> {
  return flatten(readSseBatches(body, options));
}

/** Reads lines of JSON, a batch for each network chunk. Faults as in `readMessages`. */
export function readNdjsonBatches(
  body: AsyncIterable<Uint8Array>,
  options: ParserOptions = {},
): AsyncGenerator<StreamMessage[]> {
  return readWith(body, () => createJsonParser(options));
}

/** Reads lines of JSON one by one; `data` is the text of a line. Faults as in `readMessages`. */
export function readNdjson(
  body: AsyncIterable<Uint8Array>,
  options: ParserOptions = {},
): AsyncGenerator<StreamMessage> {
  return flatten(readNdjsonBatches(body, options));
}

async function* readWith(
  body: AsyncIterable<Uint8Array>,
  createParser: () => MessageParser,
): AsyncGenerator<StreamMessage[]> {
  const parser = createParser();
  for await (const bytes of body) {
    const messages = parser.push(bytes);
    if (messages.length) yield messages;
    if (parser.failure) throw parser.failure;
  }
  const messages = parser.end();
  if (messages.length) yield messages;
  if (parser.failure) throw parser.failure;
}

async function* flatten(batches: AsyncIterable<StreamMessage[]>): AsyncGenerator<StreamMessage> {
  for await (const batch of batches) for (const message of batch) yield message;
}
