import type { Logger, RetryNotice } from '../../client-options.js';
import { isNovaError } from '../../errors/nova-error.js';
import type { SendAttempt } from './send-request.js';

type LoggedAttempt = Pick<Parameters<SendAttempt>[0], 'method' | 'path' | 'number'>;

/** Wraps a logger: a line that it could not write ends no answer. */
export function toSafeLogger(logger: Logger): Logger {
  const toSafe =
    (level: keyof Logger): Logger[keyof Logger] =>
    (message, fields) => {
      try {
        logger[level](message, fields);
      } catch {
        // A logger that fails has no other place to report it.
      }
    };
  return { debug: toSafe('debug'), warn: toSafe('warn') };
}

/** Logs how each attempt went, up to its headers. */
export function withLog(send: SendAttempt, logger: Logger | undefined): SendAttempt {
  if (!logger) return send;
  return async (attempt) => {
    const fields = toFields(attempt);
    const startedAt = performance.now();
    const elapsed = (): number => Math.round(performance.now() - startedAt);
    try {
      const response = await send(attempt);
      logger.debug('answered', { ...fields, status: response.status, headersMs: elapsed() });
      return response;
    } catch (error) {
      logger.warn('failed', { ...fields, ...toReason(error), afterMs: elapsed() });
      throw error;
    }
  };
}

/** Logs an answer whose headers were fine and whose body was not. */
export function logBadBody(logger: Logger | undefined, attempt: LoggedAttempt, error: unknown): void {
  logger?.warn('body failed', { ...toFields(attempt), ...toReason(error) });
}

/** Logs a retry before its wait. */
export function logRetry(logger: Logger | undefined, { attempt, delayMs, source, error }: RetryNotice): void {
  logger?.warn('retrying', { attempt, delayMs, source, code: error.code, status: error.status });
}

function toFields({ method, path, number }: LoggedAttempt): Record<string, unknown> {
  return { method, path: path.split('?', 1)[0], attempt: number };
}

function toReason(error: unknown): Record<string, unknown> {
  const { code, status } = isNovaError(error) ? error : {};
  return { code, status };
}
