import type { ChatCompletion, ErrorBody, NovaErrorCode } from '../protocol/index.js';

/** Marks instances across realms and duplicate copies of this package, where `instanceof` fails. */
const marker: unique symbol = Symbol.for('@nova-chat/client/nova-error');

/** What a `NovaError` is made of. */
export interface NovaErrorOptions {
  code: NovaErrorCode;
  /** What happened, with which value, and what to do. Never a body, a key or a prompt. */
  message: string;
  /** Default: decided by `code` and `status`. */
  retryable?: boolean | undefined;
  /** HTTP status, when there was a response. */
  status?: number | undefined;
  /** The server's `x-request-id`. */
  requestId?: string | undefined;
  /** What the server asked to wait, in ms, from `retry-after-ms` or `Retry-After`. */
  retryAfterMs?: number | undefined;
  /** Requests made, the failed one included. Default 1. */
  attempts?: number | undefined;
  /** The error of the body in OpenAI's shape, when the server sent one. */
  body?: ErrorBody['error'] | undefined;
  /** What had arrived of the answer. */
  partial?: ChatCompletion | undefined;
  cause?: unknown;
}

const retryableCodes: ReadonlySet<NovaErrorCode> = new Set<NovaErrorCode>([
  'connection_error',
  // A browser does not tell a network that is down for a moment from a refused origin.
  'network_or_cors',
  'headers_timeout',
  'first_event_timeout',
  'queue_timeout',
  'conflict',
  'rate_limited',
  'overloaded',
  'server_error',
  'idle_timeout',
  'stream_error',
  'stream_interrupted',
  'stream_truncated',
]);

/**
 * The one error of this package. Switch on `code`; `retryable` tells whether a retry may help. Foreign errors are
 * kept in `cause`.
 */
export class NovaError extends Error {
  override readonly name: 'NovaError' = 'NovaError' as const;
  /** What went wrong; a closed list. */
  declare readonly code: NovaErrorCode;
  /** Whether asking again may help. */
  declare readonly retryable: boolean;
  /** HTTP status, when there was a response. */
  declare readonly status: number | undefined;
  /** The server's `x-request-id`. */
  declare readonly requestId: string | undefined;
  /** What the server asked to wait, in ms. */
  declare readonly retryAfterMs: number | undefined;
  /** Requests made, the failed one included. */
  declare readonly attempts: number;
  /** The error of the body in OpenAI's shape, when the server sent one. Its text is the server's own. */
  declare readonly body: ErrorBody['error'] | undefined;
  /** What had arrived of the answer. */
  declare readonly partial: ChatCompletion | undefined;

  constructor({ message, cause, ...facts }: NovaErrorOptions) {
    super(message, { cause });
    const { retryable = retryableCodes.has(facts.code), attempts = 1 } = facts;
    Object.assign(this, facts, { retryable, attempts });
    Object.defineProperty(this, marker, { value: true });
  }
}

/** Recognises a `NovaError`, also of another realm or of a second copy of this package. */
export function isNovaError(value: unknown): value is NovaError {
  return typeof value === 'object' && value !== null && (value as Record<symbol, unknown>)[marker] === true;
}

/** Adds to an error what only a caller further out knows. */
export function amendError(
  error: NovaError,
  facts: Partial<Pick<NovaError, 'attempts' | 'partial' | 'requestId'>>,
): NovaError {
  return Object.assign(error, facts);
}
