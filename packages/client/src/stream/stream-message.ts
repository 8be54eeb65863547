import type { NovaError } from '../errors/nova-error.js';

/** One message of a stream: an SSE event, or a line of NDJSON as its `data`. */
export interface StreamMessage {
  data: string;
  /** The event's type; undefined for the usual `message`. */
  event?: string | undefined;
  /** The last event id so far, as WHATWG defines it: it stays until another comes. */
  id?: string | undefined;
}

/** Takes bytes as they come from the network and gives back the messages that they end. */
export interface MessageParser {
  /** Takes the next bytes, cut anywhere. */
  push(bytes: Uint8Array): StreamMessage[];
  /** Takes the end of the body. */
  end(): StreamMessage[];
  /** Set once the stream cannot be read on; the messages given so far are good. */
  readonly failure: NovaError | undefined;
}

/** Limits of a parser, and what it makes of a stream that was cut. */
export interface ParserOptions {
  /**
   * Longest message, in UTF-16 code units. Default 8 MiB. A longer one fails with `event_too_large`. An answer that is
   * one piece of JSON may have 64 MiB.
   */
  maxEventLength?: number | undefined;
  /**
   * What becomes of a last message that the end of the body cut off from its line end. `keep-json` (default) takes it
   * when it is `[DONE]` or a whole JSON object: many servers forget the last blank line. `discard` is what WHATWG asks.
   */
  unterminated?: 'keep-json' | 'discard' | undefined;
}

/** Longest message of a stream, in UTF-16 code units, when nothing else is asked for. */
export const defaultMaxEventLength: number = 8 * 1024 * 1024;

/** Tells whether an unterminated message is whole all the same. */
export function isWholeMessage(data: string): boolean {
  const text = data.trim();
  if (text === '[DONE]') return true;
  if (!/^[{[]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
