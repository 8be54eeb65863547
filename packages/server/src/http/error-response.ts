import type { Context } from 'hono';
import { ApiError } from '../errors/api-error.js';
import { setHeader } from './answer-headers.js';
import type { AppEnv } from './app-env.js';
import { recordOf } from './record-of.js';

/** Answers with an error in OpenAI's shape. Anything that is not an `ApiError` is our own fault and says nothing. */
export function toErrorResponse(context: Context<AppEnv>, thrown: unknown): Response {
  const error = thrown instanceof ApiError ? thrown : internalError(thrown);
  const record = recordOf(context);
  record.code = error.code;
  record.outcome ??= error.code === 'aborted' ? 'aborted' : 'failed';
  record.attempts ??= error.attempts?.length;
  for (const [name, value] of Object.entries(error.headers)) setHeader(context, name, value);
  if (error.retryAfterMs !== undefined) setHeader(context, 'retry-after', String(toRetryAfter(error.retryAfterMs)));
  if (error.shouldRetry === false) setHeader(context, 'x-should-retry', 'false');
  setHeader(context, 'cache-control', 'no-store');
  const status = error.status as 400;
  return context.json(error.toBody(), status);
}

/** Whole seconds, at least 1: a zero would be an invitation to come back at once. */
function toRetryAfter(delayMs: number): number {
  return Math.max(1, Math.ceil(delayMs / 1000));
}

function internalError(cause: unknown): ApiError {
  return new ApiError({
    status: 500,
    code: 'server_error',
    message: 'The server had an error while processing your request. The request id is in x-request-id.',
    cause,
  });
}
