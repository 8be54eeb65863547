/** One provider call that failed. */
export interface AttemptReport {
  provider: string;
  /** A word, never a provider's own text. */
  code: string;
  /** The provider's HTTP status, when it gave one. */
  status: number | null;
  latency_ms: number;
}

/** What an `ApiError` is made of. */
export interface ApiErrorOptions {
  status: number;
  /** Default: `invalid_request_error` below 500, else `server_error`. */
  type?: string;
  code: string;
  /** What happened and what to do, for the caller. Never a provider's body, a key, a prompt or a stack. */
  message: string;
  /** The member of the request at fault, as `messages[0].role`. */
  param?: string | null;
  retryAfterMs?: number | undefined;
  /** False: tells clients not to ask again, because the server already did. */
  shouldRetry?: false;
  attempts?: readonly AttemptReport[];
  /** More response headers, e.g. `allow`. */
  headers?: Record<string, string>;
  cause?: unknown;
}

/** An error as the caller of the API sees it: a status and OpenAI's four members. */
export class ApiError extends Error {
  override readonly name: 'ApiError' = 'ApiError' as const;
  readonly status: number;
  readonly type: string;
  readonly code: string;
  readonly param: string | null;
  readonly retryAfterMs: number | undefined;
  readonly shouldRetry: false | undefined;
  readonly attempts: readonly AttemptReport[] | undefined;
  readonly headers: Record<string, string>;

  constructor(options: ApiErrorOptions) {
    super(options.message, { cause: options.cause });
    this.status = options.status;
    this.type = options.type ?? (options.status < 500 ? 'invalid_request_error' : 'server_error');
    this.code = options.code;
    this.param = options.param ?? null;
    this.retryAfterMs = options.retryAfterMs;
    this.shouldRetry = options.shouldRetry;
    this.attempts = options.attempts;
    this.headers = options.headers ?? {};
  }

  /** The body's `error` member; the same object goes into a stream that has begun. */
  toBody(): { error: Record<string, unknown> } {
    const { message, type, param, code, attempts } = this;
    return { error: { message, type, param, code, ...(attempts ? { attempts } : {}) } };
  }
}
