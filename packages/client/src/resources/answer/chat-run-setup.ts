import type { ChatStreamOptions, Logger } from '../../client-options.js';
import type { ChatChunk, ChatEvent, FinishReason } from '../../protocol/index.js';
import type { RetryPolicy } from '../../retry/run-with-retry.js';
import type { ChatReader } from '../../stream/index.js';
import type { TransportResponse } from '../../transport/transport.js';
import type { CallScope } from '../request/call-scope.js';
import type { SendAttempt } from '../request/send-request.js';

/** What a run of an answer needs of its client. */
export interface ChatRunSetup {
  send: SendAttempt;
  policy: RetryPolicy;
  scope: CallScope;
  limits: { headersMs: number; firstEventMs: number; idleMs: number };
  options: ChatStreamOptions;
  logger?: Logger | undefined;
  /** The request's body; undefined when an answer that is under way is picked up. */
  body: Record<string, unknown> | undefined;
  /** Puts two events that wait for their reader into one, where that says the same; left out, each stays one. */
  join?: (first: ChatEvent, second: ChatEvent) => ChatEvent | undefined;
  /** How an answer is picked up; left out, an answer that breaks off has ended. */
  createResume?: (setup: ChatRunSetup, run: RunState, steps: ReadSteps) => Resume;
}

/** Where a run of an answer stands. */
export interface RunState {
  attempts: number;
  requestId: string | undefined;
  transport: 'sse' | 'ndjson' | 'json' | undefined;
  streamId: string | undefined;
  lastEventId: string | undefined;
  reader: ChatReader | undefined;
  /** Of the first choice. */
  finishReason: FinishReason | undefined;
}

/** How a response is read. */
export interface ReadSteps {
  open(response: TransportResponse): void;
  /** Reads on until `enough`; true at the end of the answer. */
  readUntil(enough: (chunk: ChatChunk) => boolean): Promise<boolean>;
}

/** Picks up an answer that the server has under way; true when that was already its end. */
export interface Resume {
  start(): Promise<boolean>;
  /** After a break, when resuming was asked for; rejects with the error otherwise. */
  after(error: unknown): Promise<boolean>;
}
