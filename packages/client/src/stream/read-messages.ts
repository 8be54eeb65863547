import { createJsonParser } from './create-json-parser.js';
import { createSseParser } from './create-sse-parser.js';
import { detectFormat, type StreamFormat } from './detect-format.js';
import type { MessageParser, ParserOptions, StreamMessage } from './stream-message.js';

/** A body and what its headers say of it. A `TransportResponse` has this shape. */
export interface StreamSource {
  status?: number;
  headers: { get(name: string): string | null };
  body: AsyncIterable<Uint8Array>;
  /** Lets go of the connection. */
  cancel?(): void;
}

export interface ReadOptions extends ParserOptions {
  /** Called once, when the format is known. */
  onFormat?: ((format: StreamFormat) => void) | undefined;
}

/**
 * Reads a stream of events or JSON lines, told apart by content type and first bytes. Yields the messages of each
 * network chunk together: one await a chunk, not one an event. Throws `unexpected_content_type`, `event_too_large`
 * and `stream_truncated` as a `NovaError`, after the messages before the fault, and what the body throws.
 */
export async function* readMessages(source: StreamSource, options: ReadOptions = {}): AsyncGenerator<StreamMessage[]> {
  let parser: MessageParser | undefined;
  const decoder = new TextDecoder();
  let start = '';
  let held: Uint8Array[] = [];
  const contentType = source.headers.get('content-type');
  // Fails on a type that no first byte can save, without waiting for one.
  detectFormat(contentType, '', source.status);
  for await (const bytes of source.body) {
    if (parser) {
      yield* give(parser, parser.push(bytes));
      continue;
    }
    start = (start + decoder.decode(bytes, { stream: true })).trimStart();
    // A server may hold a connection open with blanks; they are not worth keeping.
    held = start ? [...held, bytes] : [];
    const format = detectFormat(contentType, start, source.status);
    if (!format) continue;
    options.onFormat?.(format);
    parser = format === 'sse' ? createSseParser(options) : createJsonParser(options);
    for (const piece of held) yield* give(parser, parser.push(piece));
  }
  if (parser) yield* give(parser, parser.end());
}

/** Reads an event stream, a batch of messages for each network chunk. Faults as in `readMessages`. */
export function readSseBatches(
  body: AsyncIterable<Uint8Array>,
  options: ParserOptions = {},
): AsyncGenerator<StreamMessage[]> {
  return readWith(body, createSseParser(options));
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
  return readWith(body, createJsonParser(options));
}

/** Reads lines of JSON one by one; `data` is the text of a line. Faults as in `readMessages`. */
export function readNdjson(
  body: AsyncIterable<Uint8Array>,
  options: ParserOptions = {},
): AsyncGenerator<StreamMessage> {
  return flatten(readNdjsonBatches(body, options));
}

async function* readWith(body: AsyncIterable<Uint8Array>, parser: MessageParser): AsyncGenerator<StreamMessage[]> {
  for await (const bytes of body) yield* give(parser, parser.push(bytes));
  yield* give(parser, parser.end());
}

function* give(parser: MessageParser, messages: StreamMessage[]): Generator<StreamMessage[]> {
  if (messages.length) yield messages;
  if (parser.failure) throw parser.failure;
}

async function* flatten(batches: AsyncIterable<StreamMessage[]>): AsyncGenerator<StreamMessage> {
  for await (const batch of batches) yield* batch;
}
