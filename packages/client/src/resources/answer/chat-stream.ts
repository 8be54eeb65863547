import type { NovaError } from '../../errors/nova-error.js';
import type { ChatCompletion, ChatEvent, CompletionMessage, ParsedToolCall, Usage } from '../../protocol/index.js';

/** How a streamed answer ended, and everything that arrived. */
export type ChatResult = ResultFacts & ResultEnd;

/** How a streamed answer ended, discriminated by `outcome`. */
export type ResultEnd =
  /** An abort is not an error. */
  | { outcome: 'complete' | 'aborted'; error: undefined }
  /** `partial` of the error is the result's `completion`. */
  | { outcome: 'truncated' | 'failed'; error: NovaError };

/** What arrived of a streamed answer, however it ended. */
export interface ResultFacts {
  /** The first choice's message, as far as it arrived. */
  message: CompletionMessage;
  /** The text of `message`; '' when there is none. */
  text: string;
  /** The whole answer, with all choices. */
  completion: ChatCompletion;
  usage: Usage | undefined;
  /** The server's `x-request-id`. A page on another origin sees it only when the server exposes it. */
  requestId: string | undefined;
  /** The provider that served the answer, when the server names it. */
  provider: string | undefined;
  /** How the answer arrived: `json` when the server does not stream. */
  transport: 'sse' | 'ndjson' | 'json' | undefined;
  /** Requests made, resumes included. */
  attempts: number;
  streamId: string | undefined;
  /** The id of the last event in `completion`; `chat.resume` takes it as `after`. */
  lastEventId: string | undefined;
}

/**
 * An answer under way. Its request starts at once. It is read once: by a loop over the stream itself, or by one of
 * `textStream`, `toReadableStream` and `tee`; leaving the loop closes the connection. Its promises and
 * iterators never reject; it throws only `already_read`, for a second reader. Its methods need no `this`.
 */
export interface ChatStream extends AsyncIterable<ChatEvent> {
  /**
   * A copy of the answer as far as it was delivered to its reader; as far as it has arrived while there is no reader. Of
   * the two readers of a `tee`, the slower one counts.
   */
  readonly snapshot: ChatCompletion;
  /** The id of the stream on the server, once known; `chat.resume` takes it. */
  readonly streamId: string | undefined;
  /**
   * The id of the last event in `snapshot`; `chat.resume` takes it as `after`. It moves with the last event of a chunk,
   * so what was delivered before it and what `chat.resume` gives after it are the whole answer.
   */
  readonly lastEventId: string | undefined;
  /** The text of the first choice, piece by piece. */
  textStream(): AsyncIterable<string>;
  toReadableStream(): ReadableStream<ChatEvent>;
  /** Two readers of the same events. The connection closes when both have left. */
  tee(): [AsyncIterable<ChatEvent>, AsyncIterable<ChatEvent>];
  /** Waits for the end; gives the first choice's tool calls, assembled and with parsed arguments. */
  toolCalls(): Promise<ParsedToolCall[]>;
  /**
   * Waits for the end, and reads up to it when there is no other reader. Never rejects: a failure is an outcome. When
   * called inside the loop of a reader, the rest of the answer waits in memory for that reader.
   */
  result(): Promise<ChatResult>;
  /** Ends the answer, also on a server that would keep it running. The outcome is `aborted`. */
  stop(): Promise<void>;
  /** Leaves. A resumable answer continues without this reader. The outcome is `aborted`. */
  disconnect(): void;
}
