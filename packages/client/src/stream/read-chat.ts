import { isNovaError, NovaError } from '../errors/nova-error.js';
import { type ChatChunk, hasContent, parseChunk, toChunk } from '../protocol/index.js';
import { type ContentTimes, createContentTimer } from './create-content-timer.js';
import { type BodyGuard, guardBody } from './guard-body.js';
import { readMessages, type StreamSource } from './read-messages.js';
import { createStreamFailure } from './stream-failure.js';
import type { ParserOptions, StreamMessage } from './stream-message.js';
import { toStreamError } from './to-stream-error.js';

export interface ChatReadOptions extends ParserOptions {
  /** Limits of silence, in ms. Default: 60 000 until the first content, 30 000 between content. */
  times?: Partial<ContentTimes> | undefined;
  /** The `n` of the request: so many choices must end. Default 1. */
  choices?: number | undefined;
}

/** A streamed answer that is being read. */
export interface ChatReader extends AsyncIterable<ChatChunk[]> {
  /** What the server sent, once known. `json`: a whole answer, given on as one chunk. */
  readonly transport: 'sse' | 'ndjson' | 'json' | undefined;
  /** The id of the last event that was given on. */
  readonly lastEventId: string | undefined;
  /** Ends the read with this error and lets go of the connection. */
  fail(error: NovaError): void;
}

/**
 * Reads a streamed answer in whatever form it came (SSE, NDJSON, one JSON body). Yields the chunks of each network
 * piece together. Ends without an error only when the answer is complete: every choice had its `finish_reason`, or
 * `[DONE]` came, which is not waited beyond. Otherwise throws a `NovaError` after what had arrived:
 * `stream_truncated`, `stream_interrupted`, `stream_error` (with the server's `body`), `first_event_timeout`,
 * `idle_timeout`, `invalid_stream`, `event_too_large`, `decode_error` or `unexpected_content_type`. Comments, pings
 * and empty chunks feed no timer; the time that the caller takes does not count.
 */
export function readChat(source: StreamSource, options: ChatReadOptions = {}): ChatReader {
  const guard = guardBody(source.body, source.cancel?.bind(source));
  const progress = createProgress(options.choices ?? 1);
  const messages = readMessages(
    { ...pickHead(source), body: guard.body },
    { ...options, onFormat: (format) => (progress.transport = format === 'sse' ? 'sse' : 'ndjson') },
  );
  return {
    get transport() {
      return progress.transport;
    },
    get lastEventId() {
      return progress.lastEventId;
    },
    fail: guard.fail,
    [Symbol.asyncIterator]: () => readChunks(messages, progress, { ...options.times, ...guard }),
  };
}

interface Progress {
  transport: 'sse' | 'ndjson' | 'json' | undefined;
  lastEventId: string | undefined;
  isComplete(): boolean;
  /** No choice was seen. */
  isEmpty(): boolean;
  /** Takes one message in; gives its chunk, if it is one. Throws what ends the stream. */
  take(message: StreamMessage): ChatChunk | undefined;
  done: boolean;
}

async function* readChunks(
  messages: AsyncIterable<StreamMessage[]>,
  progress: Progress,
  { firstEventMs = 60_000, idleMs = 30_000, fail, linger }: Partial<ContentTimes> & Omit<BodyGuard, 'body'>,
): AsyncGenerator<ChatChunk[]> {
  const timer = createContentTimer({ firstEventMs, idleMs }, fail);
  try {
    for await (const batch of messages) {
      const chunks: ChatChunk[] = [];
      let failure: unknown;
      try {
        for (const message of batch) {
          const chunk = progress.take(message);
          if (chunk) chunks.push(chunk);
          if (progress.done) break;
        }
      } catch (error) {
        failure = error;
      }
      if (chunks.some(hasContent)) timer.touch();
      timer.hold();
      if (chunks.length) yield chunks;
      timer.resume();
      if (failure) throw failure;
      if (progress.done) return linger();
      if (progress.isComplete()) timer.settle();
    }
  } catch (error) {
    // The answer is whole; that its connection then broke or lingered changes nothing.
    if (progress.isComplete() && !(isNovaError(error) && error.code === 'stream_error')) return;
    throw error;
  } finally {
    timer.stop();
  }
  if (progress.isComplete()) return;
  if (progress.transport === 'ndjson' && progress.isEmpty()) {
    throw createStreamFailure('invalid_stream', 'JSON without choices');
  }
  throw createStreamFailure('stream_truncated', 'no finish_reason and no [DONE]');
}

function createProgress(expected: number): Progress {
  const seen = new Set<number>();
  const ended = new Set<number>();
  const progress: Progress = {
    transport: undefined,
    lastEventId: undefined,
    done: false,
    isEmpty: () => seen.size === 0,
    isComplete: () => progress.done || (ended.size > 0 && ended.size >= Math.max(expected, seen.size)),
    take({ data, event, id }) {
      const parsed = parseChunk(data);
      if (parsed.type === 'error' || event === 'error') {
        throw toStreamError(parsed.type === 'error' ? parsed.body : undefined);
      }
      // An event of another type than ours may hold anything.
      if (parsed.type === 'invalid' && event) return undefined;
      if (parsed.type === 'invalid') {
        throw new NovaError({ code: 'invalid_stream', message: 'An event of the stream holds no JSON.' });
      }
      progress.lastEventId = id ?? progress.lastEventId;
      if (parsed.type === 'completion') progress.transport = 'json';
      if (parsed.type === 'completion' || parsed.type === 'done') progress.done = true;
      if (parsed.type === 'completion') return toChunk(parsed.completion);
      if (parsed.type !== 'chunk') return undefined;
      for (const { index, finish_reason: reason } of parsed.chunk.choices) {
        seen.add(index);
        if (reason) ended.add(index);
      }
      return parsed.chunk;
    },
  };
  return progress;
}

function pickHead({ status, headers }: StreamSource): Pick<StreamSource, 'status' | 'headers'> {
  return status === undefined ? { headers } : { status, headers };
}
