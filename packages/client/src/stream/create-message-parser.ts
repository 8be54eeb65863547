import { createJsonParser } from './create-json-parser.js';
import { createSseParser } from './create-sse-parser.js';
import { detectFormat, type StreamFormat } from './detect-format.js';
import type { MessageParser, ParserOptions, StreamMessage } from './stream-message.js';

/** A parser that finds out for itself what it reads. */
export interface DetectingParser extends MessageParser {
  /** Undefined until the first bytes have told. */
  readonly format: StreamFormat | undefined;
}

/** What is known of a body before its first byte. */
export interface BodyHead {
  status?: number;
  headers: { get(name: string): string | null };
}

/** So much of a body is looked at in one go to tell its format: what stands behind it is decoded once, and not kept. */
const headBytes = 64;
/** Longest answer in one piece, in UTF-16 code units. */
const maxWholeLength = 64 * 1024 * 1024;

/**
 * Creates a parser of a stream of events or JSON, told apart by content type and first bytes. Throws
 * `unexpected_content_type`: here on a type that no first byte could save, else in `push`.
 */
export function createMessageParser({ status, headers }: BodyHead, options: ParserOptions = {}): DetectingParser {
  const contentType = headers.get('content-type');
  // An answer in one piece has no events; only what calls itself lines is held to their limit from the first one on.
  const maxBodyLength = /ndjson|json[l-]/i.test(contentType ?? '') ? undefined : maxWholeLength;
  const decoder = new TextDecoder();
  let parser: MessageParser | undefined;
  let format: StreamFormat | undefined;
  let start = '';
  let held: Uint8Array[] = [];
  detectFormat(contentType, '', status);

  const detect = (bytes: Uint8Array): StreamMessage[] => {
    for (let at = 0; at < bytes.length && !format; at += headBytes) {
      const piece = bytes.subarray(at, at + headBytes);
      start = (start + decoder.decode(piece, { stream: true })).trimStart();
      format = detectFormat(contentType, start, status);
    }
    // A server may hold a connection open with blanks; they are not worth keeping, the first bytes of a character are.
    held = start || (bytes.at(-1) ?? 0) > 0x7f ? [...held, bytes] : [];
    if (!format) return [];
    const found = format === 'sse' ? createSseParser(options) : createJsonParser({ maxBodyLength, ...options });
    parser = found;
    return held.splice(0).flatMap((piece) => found.push(piece));
  };
  return {
    push: (bytes) => (parser ? parser.push(bytes) : detect(bytes)),
    end: () => parser?.end() ?? [],
    get failure() {
      return parser?.failure;
    },
    get format() {
      return format;
    },
  };
}
