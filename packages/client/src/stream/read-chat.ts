import { isNovaError, NovaError } from '../errors/nova-error.js';
import { type ChatChunk, hasContent, type ParsedChunk, parseChunk, toChunk } from '../protocol/index.js';
import { type ChoiceProgress, createChoiceProgress } from './choice-progress.js';
import { type ContentTimer, type ContentTimes, createContentTimer } from './create-content-timer.js';
import { createMessageParser, type DetectingParser } from './create-message-parser.js';
import { createStreamFailure } from './create-stream-failure.js';
import { type BodyGuard, guardBody } from './guard-body.js';
import { parseEventId } from './parse-event-id.js';
import type { StreamSource } from './read-messages.js';
import type { ParserOptions, StreamMessage } from './stream-message.js';
import { toStreamError } from './to-stream-error.js';

/** Options of `readChat`. */
export interface ChatReadOptions extends ParserOptions {
  /** Limits of silence, in ms. Default: 60 000 until the first content, 30 000 between content. */
  times?: Partial<ContentTimes> | undefined;
  /** The `n` of the request: the number of choices that must end. Default 1. */
  choices?: number | undefined;
  /** Progress of the choices before a cut, from the earlier reader. Default: none. */
  progress?: ChoiceProgress | undefined;
  /** The id of the last event that was read before a cut: events up to it that the server sends again are dropped. */
  after?: string | undefined;
  /**
   * Parses the data of an event. Default `parseChunk`; another parser must give the same, but may merge an event into
   * the chunk before it when both arrived together, and then returns `unknown`.
   */
  parse?: ((data: string) => ParsedChunk) | undefined;
}

/** A streamed answer that is being read, once. */
export interface ChatReader extends AsyncIterableIterator<ChatChunk[]> {
  /** What the server sent, once known. `json`: a whole answer, passed on as one chunk. */
  readonly transport: 'sse' | 'ndjson' | 'json' | undefined;
  /** The event ids of the chunks that were yielded last, one per chunk. `[DONE]` is not a chunk. */
  readonly ids: readonly (string | undefined)[];
  /** Ends the read with this error and releases the connection. */
  fail(error: NovaError): void;
  /** Leaves: releases the connection, unless the body has ended. */
  return(): Promise<IteratorResult<ChatChunk[]>>;
}

/**
 * Reads a streamed answer in whatever form it came (SSE, NDJSON, one JSON body). Yields the chunks of each network
 * piece together. Ends without an error only when the answer is complete: every choice had its `finish_reason`, or
 * `[DONE]` came, after which nothing is waited for. Otherwise throws a `NovaError` after what had arrived:
 * `stream_truncated`, `stream_interrupted`, `stream_error` (with the server's `body`), `first_event_timeout`,
 * `idle_timeout`, `invalid_stream`, `event_too_large`, `decode_error` or `unexpected_content_type`. Comments, pings
 * and empty chunks do not restart the timers; the time that the caller takes does not count.
 */
export function readChat(source: StreamSource, options: ChatReadOptions = {}): ChatReader {
  return new ChatReading(source, options);
}

/** Not a generator: each layer of generators costs as much as parsing an event, and most events come one by one. */
class ChatReading implements ChatReader {
  transport: ChatReader['transport'];
  ids: (string | undefined)[] = [];
  readonly #guard: BodyGuard;
  readonly #timer: ContentTimer;
  readonly #progress: ChoiceProgress;
  readonly #after: string | undefined;
  readonly #parse: (data: string) => ParsedChunk;
  #parser: DetectingParser | undefined;
  /** Thrown with the next read: what came before it is given on first. */
  #failure: unknown;
  #state: 'reading' | 'done' | 'over' = 'reading';

  constructor(source: StreamSource, options: ChatReadOptions) {
    const { firstEventMs = 60_000, idleMs = 30_000 } = options.times ?? {};
    this.#progress = options.progress ?? createChoiceProgress(options.choices);
    this.#after = options.after;
    this.#parse = options.parse ?? parseChunk;
    this.#guard = guardBody(source.body, source.cancel?.bind(source));
    this.#timer = createContentTimer({ firstEventMs, idleMs }, this.#guard.fail);
    try {
      this.#parser = createMessageParser(source, options);
    } catch (error) {
      this.#failure = error;
    }
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  fail(error: NovaError): void {
    this.#guard.fail(error);
  }

  async return(): Promise<IteratorResult<ChatChunk[]>> {
    return this.#over();
  }

  async next(): Promise<IteratorResult<ChatChunk[]>> {
    this.#timer.resume();
    while (this.#state === 'reading' && !this.#failure) {
      try {
        const { done, value } = await this.#guard.next();
        const parser = this.#parser as DetectingParser;
        const chunks = this.#take(done ? parser.end() : parser.push(value));
        this.#failure ??= parser.failure;
        if (done) this.#end();
        if (chunks.length) {
          this.#timer.hold();
          return { done: false, value: chunks };
        }
      } catch (error) {
        this.#failure = error;
      }
    }
    return this.#finish();
  }

  /** Takes messages in until the answer is done or wrong; gives their chunks. */
  #take(messages: StreamMessage[]): ChatChunk[] {
    const chunks: ChatChunk[] = [];
    let touched = false;
    this.ids = [];
    this.transport ??= this.#parser?.format && (this.#parser.format === 'sse' ? 'sse' : 'ndjson');
    try {
      for (const message of messages) {
        const chunk = this.#takeOne(message);
        if (chunk) {
          chunks.push(chunk);
          this.ids.push(message.id);
          touched ||= hasContent(chunk);
        }
        if (this.#state === 'done') break;
      }
    } catch (error) {
      this.#failure = error;
    }
    if (touched) this.#timer.touch();
    if (touched && this.#isComplete()) this.#timer.settle();
    return chunks;
  }

  #takeOne({ data, event, id }: StreamMessage): ChatChunk | undefined {
    const parsed = this.#parse(data);
    if (parsed.type === 'error' || event === 'error') {
      throw toStreamError(parsed.type === 'error' ? parsed.body : undefined);
    }
    if (parsed.type === 'invalid') {
      // An event of another type than ours may hold anything.
      if (event) return undefined;
      throw new NovaError({ code: 'invalid_stream', message: 'An event of the stream is no JSON.' });
    }
    if (parsed.type === 'chunk') {
      this.#progress.note(parsed.chunk.choices);
      return isUpTo(this.#after, id) ? undefined : parsed.chunk;
    }
    if (parsed.type === 'unknown') return undefined;
    this.#state = 'done';
    if (parsed.type === 'done') return undefined;
    this.transport = 'json';
    return toChunk(parsed.completion);
  }

  #isComplete(): boolean {
    return this.#state === 'done' || this.#progress.isComplete();
  }

  /** The body has ended. */
  #end(): void {
    const isWhole = this.#isComplete();
    this.#state = 'over';
    if (isWhole || this.#failure) return;
    this.#failure =
      this.transport === 'ndjson' && !this.#progress.hasBegun()
        ? createStreamFailure('invalid_stream', 'JSON without choices')
        : createStreamFailure('stream_truncated', 'no finish_reason and no [DONE]');
  }

  #finish(): IteratorResult<ChatChunk[]> {
    const failure = this.#failure;
    const isComplete = this.#isComplete();
    this.#failure = undefined;
    const result = this.#over();
    // The answer is whole; that its connection then broke or lingered changes nothing.
    if (!failure || (isComplete && !(isNovaError(failure) && failure.code === 'stream_error'))) return result;
    throw failure;
  }

  #over(): IteratorResult<ChatChunk[]> {
    if (this.#state === 'done') this.#guard.linger();
    else if (this.#state === 'reading') this.#guard.leave();
    this.#state = 'over';
    this.#timer.stop();
    return { done: true, value: undefined };
  }
}

/** Whether an event came already, before or with the last one before a cut. */
function isUpTo(after: string | undefined, id: string | undefined): boolean {
  const last = after && parseEventId(after);
  const event = last && parseEventId(id);
  return Boolean(event && event.streamId === last.streamId && event.number <= last.number);
}
