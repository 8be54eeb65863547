import type { ChatStreamOptions, ClientOptions, Logger, TimeoutOptions } from '../client-options.js';
import { createRetryBudget } from '../retry/create-retry-budget.js';
import type { RetryPolicy } from '../retry/run-with-retry.js';
import { type CallScope, openCallScope } from './request/call-scope.js';
import type { SendAttempt } from './request/send-request.js';

/** What all calls of one client share. */
export interface ClientCore {
  /** Opens a call; its scope must be closed. */
  openRun(options: ChatStreamOptions): {
    send: SendAttempt;
    policy: RetryPolicy;
    scope: CallScope;
    limits: Record<keyof TimeoutOptions, number>;
    logger: Logger | undefined;
  };
}

/** Creates the core of a client, of options that have been checked. */
export function createClientCore(
  {
    retry = {},
    timeouts = {},
    onRetry = () => {},
    logger,
  }: Pick<ClientOptions, 'retry' | 'timeouts' | 'onRetry' | 'logger'>,
  send: SendAttempt,
): ClientCore {
  const delays = retry.delays ?? [1000, 2000, 4000];
  const waits = withDefaults({ delays, retries: delays.length, maxRetryAfterMs: 60_000, jitter: 0 }, retry);
  const policy: RetryPolicy = { ...waits, budget: createRetryBudget(), onRetry };
  // Without a wait there is no retry: a server that is down would be asked again at once.
  if (!delays.length) policy.retries = 0;
  return {
    openRun({ signal, timeoutMs: totalMs, timeouts: own = {} }) {
      const limits = withDefaults(defaultLimits, timeouts, own, { totalMs });
      return { send, policy, limits, logger, scope: openCallScope(limits.totalMs, signal) };
    },
  };
}

const defaultLimits: Record<keyof TimeoutOptions, number> = {
  headersMs: 30_000,
  firstEventMs: 60_000,
  idleMs: 30_000,
  totalMs: 600_000,
};

/** Puts what is given over the defaults; `undefined` is not given. */
function withDefaults<T extends object>(defaults: T, ...given: Partial<Record<keyof T, unknown>>[]): T {
  const entries = given.flatMap((options) => Object.entries(options)).filter(([, value]) => value !== undefined);
  return { ...defaults, ...Object.fromEntries(entries) };
}
