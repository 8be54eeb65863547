import type { ChatStreamOptions, ClientOptions, TimeoutOptions } from '../client-options.js';
import { createRetryBudget } from '../retry/create-retry-budget.js';
import type { RetryPolicy } from '../retry/run-with-retry.js';
import { type CallScope, openCallScope } from './call-scope.js';
import type { SendAttempt } from './send-request.js';

/** What all calls of one client share. */
export interface ClientCore {
  /** Opens a call; its scope must be closed. */
  openRun(options: ChatStreamOptions): {
    send: SendAttempt;
    policy: RetryPolicy;
    scope: CallScope;
    limits: Record<keyof TimeoutOptions, number>;
  };
}

/** Creates the core of a client, of options that have been checked. */
export function createClientCore(
  { retry = {}, timeouts = {}, onRetry = () => {} }: Pick<ClientOptions, 'retry' | 'timeouts' | 'onRetry'>,
  send: SendAttempt,
): ClientCore {
  const delays = retry.delays ?? [1000, 2000, 4000];
  const policy: RetryPolicy = {
    delays,
    // Without a wait there is no retry: a server that is down would be asked again at once.
    retries: delays.length && (retry.retries ?? delays.length),
    maxRetryAfterMs: retry.maxRetryAfterMs ?? 60_000,
    jitter: retry.jitter ?? 0,
    budget: createRetryBudget(),
    onRetry,
  };
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
  };
}
