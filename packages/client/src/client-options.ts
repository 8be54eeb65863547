import type { NovaError } from './errors/nova-error.js';
import type { Transport, TransportRequest, TransportResponse } from './transport/transport.js';

/** A retry that is about to be waited for. */
export interface RetryNotice {
  /** The attempt that failed, from 1. */
  attempt: number;
  delayMs: number;
  /** Where the delay comes from: the tuple or the server's header. */
  source: 'delays' | 'retry-after';
  error: NovaError;
  /** Ends the wait now. */
  retryNow(): void;
  /** Gives up; the error is thrown. */
  cancel(): void;
}

/** When a failed call is retried: if `NovaError.retryable` is true, and never after its first content. */
export interface RetryOptions {
  /**
   * Waits before the retries, in ms. Default `[1000, 2000, 4000]`. Empty: no retries; `retries` must then be 0 or
   * absent.
   */
  delays?: readonly number[] | undefined;
  /** Number of retries. Default: as many as there are delays; further ones use the last delay. */
  retries?: number | undefined;
  /** Longest `Retry-After` that is obeyed, in ms. Default 60 000. A longer one fails at once. */
  maxRetryAfterMs?: number | undefined;
  /** Share of each delay that is random, 0 to 1, so that many clients spread out. Default 0: exact delays. */
  jitter?: number | undefined;
}

/** How long a call may take, in ms. Each limit has its own error code, such as `idle_timeout`. */
export interface TimeoutOptions {
  /**
   * Until the response's headers; those of `chat.create` come with the whole answer. With `fetch`, the request's body is
   * allowed the time that it needs at 10 KB a second in addition. Default 30 000 ms.
   */
  headersMs?: number | undefined;
  /** From the headers to the first event with content. Default 60 000 ms. */
  firstEventMs?: number | undefined;
  /**
   * Between events with content; comments and pings do not count. For an answer in one piece: between
   * its bytes, from the headers on. Default 30 000 ms.
   */
  idleMs?: number | undefined;
  /** The whole call, its retries included. Default 600 000 ms. */
  totalMs?: number | undefined;
}

/** Passed to a middleware with the request. */
export interface MiddlewareContext {
  /** From 1. */
  attempt: number;
}

/** Wraps one attempt, inside the retry loop. The first of the list is the outermost. */
export type Middleware = (
  request: TransportRequest,
  next: (request: TransportRequest) => Promise<TransportResponse>,
  context: MiddlewareContext,
) => Promise<TransportResponse>;

/** Receives log lines; `console` fits. */
export interface Logger {
  debug(message: string, fields?: Record<string, unknown>): void;
  warn(message: string, fields?: Record<string, unknown>): void;
}

/** Options of `createClient`. Only `baseUrl` is required. */
export interface ClientOptions {
  /** Where the API lives, with or without a trailing slash. `/v1/…` paths are appended to it. */
  baseUrl: string;
  /** Sent with each request: values, or a function, sync or async, that is called before each attempt. */
  headers?: Record<string, string> | (() => Record<string, string> | Promise<Record<string, string>>) | undefined;
  /** Used instead of the platform's. */
  fetch?: typeof globalThis.fetch | undefined;
  /** Used instead of `fetch`, e.g. `createPool()` of `@nova-chat/client/node`. */
  transport?: Transport | undefined;
  middleware?: readonly Middleware[] | undefined;
  retry?: RetryOptions | undefined;
  timeouts?: TimeoutOptions | undefined;
  /** Called before each wait. */
  onRetry?: ((notice: RetryNotice) => void) | undefined;
  /**
   * Receives one line per request, retry and failure. Never headers, keys, prompts or bodies. What it throws is ignored.
   * Default: none.
   */
  logger?: Logger | undefined;
}

/** Options of one call. */
export interface CallOptions {
  /** Ends the call: its attempts, its waits and its stream. */
  signal?: AbortSignal | undefined;
  /**
   * Limit of the whole call, its retries included, in ms; for `get` and `post` also the limit for the headers. Default:
   * `timeouts.totalMs` of the client.
   */
  timeoutMs?: number | undefined;
  /** Sent in addition to the client's headers, and instead of those with the same name. */
  headers?: Record<string, string> | undefined;
  /**
   * Sent as `Idempotency-Key`, the same with each attempt; `true` generates one. Default: none, because a server on
   * another origin has to allow the header first.
   */
  idempotencyKey?: string | true | undefined;
}

/** Options of one streamed answer. */
export interface ChatStreamOptions extends CallOptions {
  /**
   * How long the server keeps the answer running without a reader, in seconds, sent as `Nova-Resume`: when the
   * connection breaks in mid-answer, the client resumes where it broke. Default `false`: only a Nova server knows the
   * header, and one on another origin has to allow it.
   */
  resume?: number | false | undefined;
  /** Limits for this answer, over those of the client. */
  timeouts?: TimeoutOptions | undefined;
  /** Longest event, in UTF-16 code units. Default 8 MiB. A whole answer in JSON may have 64 MiB. */
  maxEventLength?: number | undefined;
}
