import type { NovaError } from '../errors/nova-error.js';
import { createStreamFailure } from './create-stream-failure.js';
import {
  defaultMaxEventLength,
  isWholeMessage,
  type MessageParser,
  type ParserOptions,
  type StreamMessage,
} from './stream-message.js';

export interface JsonParserOptions extends ParserOptions {
  /** Longest value over the whole body, in UTF-16 code units. Default: `maxEventLength`. */
  maxBodyLength?: number | undefined;
}

/**
 * Creates a parser of JSON: one value a line (NDJSON), or one value over the whole body when its first line is not a
 * value by itself. Empty lines are skipped. What stands in a line is for the caller to parse.
 */
export function createJsonParser(options: JsonParserOptions = {}): MessageParser {
  const { maxEventLength = defaultMaxEventLength, unterminated = 'keep-json' } = options;
  const { maxBodyLength = maxEventLength } = options;
  const decoder = new TextDecoder();
  // Joined when a line ends: adding each piece to a string that is searched again would cost the square of its length.
  let pieces: string[] = [];
  let length = 0;
  let mode: 'first-line' | 'lines' | 'whole' = 'first-line';
  let failure: NovaError | undefined;

  const hold = (piece: string): void => {
    if (!piece) return;
    pieces.push(piece);
    length += piece.length;
    const limit = mode === 'lines' ? maxEventLength : maxBodyLength;
    if (length > limit) {
      failure ??= createStreamFailure('event_too_large', `longer than ${limit} characters`);
      pieces = [];
    }
  };
  const takeLine = (): string => {
    const line = pieces.join('').trim();
    pieces = [];
    length = 0;
    return line;
  };

  return {
    push(bytes) {
      const text = decoder.decode(bytes, { stream: true });
      const messages: StreamMessage[] = [];
      let start = 0;
      for (let end = text.indexOf('\n'); end !== -1 && mode !== 'whole' && !failure; end = text.indexOf('\n', start)) {
        hold(text.slice(start, end + 1));
        start = end + 1;
        const line = failure ? '' : takeLine();
        if (!line) continue;
        if (mode === 'first-line' && !isWholeMessage(line)) {
          mode = 'whole';
          hold(`${line}\n`);
        } else {
          mode = 'lines';
          messages.push({ data: line });
        }
      }
      if (!failure) hold(text.slice(start));
      return messages;
    },
    end() {
      const cut = decoder.decode();
      // Some servers put the end of an event stream behind a JSON body.
      const line = failure
        ? ''
        : takeLine()
            .replace(/data:\s*\[DONE\]$/, '')
            .trimEnd();
      const whole = unterminated === 'keep-json' && isWholeMessage(line);
      if (cut) failure ??= createStreamFailure('stream_truncated', 'cut inside a character');
      else if (line && !whole) failure ??= createStreamFailure('stream_truncated', 'its JSON breaks off');
      return line && whole ? [{ data: line }] : [];
    },
    get failure() {
      return failure;
    },
  };
}
