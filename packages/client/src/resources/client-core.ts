import type { CallOptions, ChatStreamOptions, ClientOptions, TimeoutOptions } from '../client-options.js';
import { createRetryBudget } from '../retry/create-retry-budget.js';
import type { RetryPolicy } from '../retry/run-with-retry.js';
import type { Transport } from '../transport/transport.js';
import { type CallScope, openCallScope } from './call-scope.js';
import { createSend, type SendAttempt } from './send-request.js';

/** What all calls of one client share. */
export interface ClientCore {
  /** Opens a call; its scope must be closed. */
  openRun(options: ChatStreamOptions): {
    send: SendAttempt;
    policy: RetryPolicy;
    scope: CallScope;
    limits: Required<TimeoutOptions>;
  };
  /** Puts the key that was asked for into the headers: once a call, so that all its attempts have the same. */
  withIdempotencyKey<T extends CallOptions>(options: T): T;
}

/** Creates the core of a client, of options that have been checked. */
export function createClientCore(options: ClientOptions, transport: Transport): ClientCore {
  const { retry = {}, timeouts = {}, onRetry, logger } = options;
  const delays = retry.delays ?? [1000, 2000, 4000];
  const policy: RetryPolicy = {
    delays,
    retries: retry.retries ?? delays.length,
    maxRetryAfterMs: retry.maxRetryAfterMs ?? 60_000,
    jitter: retry.jitter ?? 0,
    budget: createRetryBudget(),
    onRetry(notice) {
      const { attempt, delayMs, source, error } = notice;
      logger?.warn('retrying', { attempt, delayMs, source, code: error.code, status: error.status });
      onRetry?.(notice);
    },
  };
  const send = createSend(options, transport);
  return {
    openRun({ signal, timeoutMs, timeouts: own = {} }) {
      const limits = {
        headersMs: own.headersMs ?? timeouts.headersMs ?? 30_000,
        firstEventMs: own.firstEventMs ?? timeouts.firstEventMs ?? 60_000,
        idleMs: own.idleMs ?? timeouts.idleMs ?? 30_000,
        totalMs: timeoutMs ?? own.totalMs ?? timeouts.totalMs ?? 600_000,
      };
      return { send, policy, limits, scope: openCallScope(limits.totalMs, signal) };
    },
    withIdempotencyKey(call) {
      const { idempotencyKey } = call;
      if (!idempotencyKey) return call;
      const key = idempotencyKey === true ? crypto.randomUUID() : idempotencyKey;
      return { ...call, headers: { ...call.headers, 'idempotency-key': key } };
    },
  };
}
