import type { Logger, RetryNotice } from '../client-options.js';
import { isNovaError } from '../errors/nova-error.js';
import type { SendAttempt } from './send-request.js';

/** Logs how each attempt went. */
export function withLog(send: SendAttempt, logger: Logger | undefined): SendAttempt {
  if (!logger) return send;
  return async (attempt) => {
    const { method, path, number } = attempt;
    const fields = { method, path: path.split('?', 1)[0], attempt: number };
    const startedAt = performance.now();
    const elapsed = (): number => Math.round(performance.now() - startedAt);
    try {
      const response = await send(attempt);
      logger.debug('answered', { ...fields, status: response.status, headersMs: elapsed() });
      return response;
    } catch (error) {
      const { code, status } = isNovaError(error) ? error : {};
      logger.warn('failed', { ...fields, code, status, afterMs: elapsed() });
      throw error;
    }
  };
}

/** Logs a retry before its wait. */
export function logRetry(logger: Logger | undefined, { attempt, delayMs, source, error }: RetryNotice): void {
  logger?.warn('retrying', { attempt, delayMs, source, code: error.code, status: error.status });
}
