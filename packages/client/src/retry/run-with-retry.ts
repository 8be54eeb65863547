import pRetry from 'p-retry';
import type { RetryNotice, RetryOptions } from '../client-options.js';
import { maxTimerMs } from '../errors/max-timer-ms.js';
import { amendError, isNovaError, type NovaError } from '../errors/nova-error.js';
import { onAbort } from '../errors/on-abort.js';
import type { RetryBudget } from './create-retry-budget.js';

type AllRetryOptions = { [name in keyof RetryOptions]-?: NonNullable<RetryOptions[name]> };

export interface RetryPolicy extends AllRetryOptions {
  budget: RetryBudget;
  onRetry(notice: RetryNotice): void;
}

export interface RetryRun {
  policy: RetryPolicy;
  /** Ends a wait; an attempt has to watch it itself. Its reason is thrown. */
  signal: AbortSignal;
  /** When the whole call must be over, on the clock of `performance.now()`. */
  deadline: number;
  /** A last word on whether this error may be retried. */
  mayRetry?: ((error: NovaError) => boolean) | undefined;
}

/**
 * Runs attempts until one succeeds or there is no use in a further one. Waits the tuple, or what the server asks for up
 * to the limit; an error that asks for more is thrown at once. The wait is told to `onRetry` before it begins.
 */
export function runWithRetry<T>(attempt: (number: number) => Promise<T>, run: RetryRun): Promise<T> {
  const { policy, signal } = run;
  let attempts = 0;
  policy.budget.deposit();
  const runAttempt = (number: number): Promise<T> => {
    attempts = number;
    return attempt(number);
  };
  return pRetry(runAttempt, {
    retries: policy.retries,
    // The wait is ours: the library knows neither a list of delays nor Retry-After.
    minTimeout: 0,
    signal,
    async shouldRetry({ error }) {
      const plan =
        isNovaError(error) && error.retryable && (run.mayRetry?.(error) ?? true) && planRetry(error, attempts, run);
      return plan ? wait(plan, run) : false;
    },
  }).catch((error: unknown) => {
    throw isNovaError(error) ? amendError(error, { attempts: Math.max(1, attempts) }) : error;
  });
}

type Plan = Pick<RetryNotice, 'attempt' | 'delayMs' | 'source' | 'error'>;

function planRetry(error: NovaError, attempt: number, { policy, deadline }: RetryRun): Plan | undefined {
  const { delays, jitter, maxRetryAfterMs, budget } = policy;
  const { retryAfterMs } = error;
  if (retryAfterMs !== undefined && retryAfterMs > maxRetryAfterMs) return undefined;
  const tupleMs = delays[Math.min(attempt, delays.length) - 1] ?? 0;
  const randomMs = tupleMs * jitter * Math.random();
  // Never earlier than the server asked for; never later than the tuple.
  const delayMs = retryAfterMs === undefined ? tupleMs * (1 - jitter) + randomMs : retryAfterMs + randomMs;
  if (performance.now() + delayMs >= deadline || !budget.withdraw()) return undefined;
  return { attempt, delayMs, source: retryAfterMs === undefined ? 'delays' : 'retry-after', error };
}

function wait(plan: Plan, { policy, signal }: RetryRun): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let letGo: (() => void) | undefined;
  return new Promise<boolean>((resolve) => {
    const cancel = (): void => resolve(false);
    const retryNow = (): void => resolve(true);
    timer = setTimeout(retryNow, Math.min(plan.delayMs, maxTimerMs));
    letGo = onAbort(signal, cancel);
    policy.onRetry({ ...plan, retryNow, cancel });
  }).finally(() => {
    clearTimeout(timer);
    letGo?.();
  });
}
