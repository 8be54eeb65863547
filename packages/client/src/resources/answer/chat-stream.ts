import type { NovaError } from '../../errors/nova-error.js';
import type { ChatCompletion, ChatEvent, CompletionMessage, ParsedToolCall, Usage } from '../../protocol/index.js';

/** How a streamed answer ended, and all that came of it. */
export type ChatResult = ResultFacts & ResultEnd;

/** How a streamed answer ended, discriminated by `outcome`. */
export type ResultEnd =
  /** An abort is no error. */
  | { outcome: 'complete' | 'aborted'; error: undefined }
  /** `partial` of the error is the result's `completion`. */
  | { outcome: 'truncated' | 'failed'; error: NovaError };

/** What came of a streamed answer, however it ended. */
export interface ResultFacts {
  /** The first choice's message, as far as it came. */
  message: CompletionMessage;
  /** The text of `message`; '' when there is none. */
  text: string;
  /** The whole answer, with all choices. */
  completion: ChatCompletion;
  usage: Usage | undefined;
  /** The server's `x-request-id`. A page on another origin sees it only when the server exposes it. */
  requestId: string | undefined;
  /** Who served the answer, when the server says so. */
  provider: string | undefined;
  /** How the answer came: `json` is a server that does not stream. */
  transport: 'sse' | 'ndjson' | 'json' | undefined;
  /** Requests made, resumes included. */
  attempts: number;
  streamId: string | undefined;
  /** The id of the last event in `completion`; `chat.resume` takes it as `after`. */
  lastEventId: string | undefined;
}

/**
 * An answer under way. Its request starts at once. It is read once: by a loop over the stream itself, or by one of
 * `textStream`, `toReadableStream` and `tee`; leaving the loop closes the connection. Nothing of it rejects, and it
 * throws only `already_read`, for a second reader. Its methods need no `this`.
 */
export interface ChatStream extends AsyncIterable<ChatEvent> {
  /**
   * The answer as far as its reader has been handed it, as a copy; as far as it came while nobody reads. Of the two
   * readers of a `tee`, the slower one counts.
   */
  readonly snapshot: ChatCompletion;
  /** Names the stream on the server, once known; `chat.resume` takes it. */
  readonly streamId: string | undefined;
  /**
   * The id of the last event in `snapshot`; `chat.resume` takes it as `after`. It moves with the last event of a chunk,
   * so what was handed before it and `chat.resume` after it are the whole answer.
   */
  readonly lastEventId: string | undefined;
  /** The text of the first choice, piece by piece. */
  textStream(): AsyncIterable<string>;
  toReadableStream(): ReadableStream<ChatEvent>;
  /** Two readers of the same events. The connection closes when both have left. */
  tee(): [AsyncIterable<ChatEvent>, AsyncIterable<ChatEvent>];
  /** Waits for the end; gives the first choice's tool calls, fragments put together and arguments parsed. */
  toolCalls(): Promise<ParsedToolCall[]>;
  /**
   * Waits for the end, and reads to it when nobody else does. Never rejects: a failure is an outcome. Asked for inside
   * the loop of a reader, the rest of the answer waits in memory for that reader.
   */
  result(): Promise<ChatResult>;
  /** Ends the answer, on a server that would keep it going for us too. The outcome is `aborted`. */
  stop(): Promise<void>;
  /** Leaves. A resumable answer goes on without this reader. The outcome is `aborted`. */
  disconnect(): void;
}
