import { isNovaError } from '@nova-chat/client/stream';
import { ApiError } from '../errors/api-error.js';
import type { FailureCode } from '../routing/index.js';
import { type AttemptFailure, saysTooLong, toAttemptReport } from './attempt-failure.js';

/** What a caller is told of failures. */
export const failureMessages: Record<FailureCode, string> = {
  upstream_auth_error: 'A provider refuses this server, its key or its credit. The operator has to put that right.',
  upstream_rate_limited: 'The providers take no more requests at the moment. Ask again later.',
  upstream_timeout: 'The provider did not answer in time.',
  upstream_unavailable: 'The provider cannot be reached.',
  upstream_stream_interrupted: 'The answer of the provider broke off.',
  upstream_error: 'The provider could not answer.',
  provider_error: 'The provider could not answer.',
};

/**
 * Turns the failures of a request, in the order of the attempts, into the error that its caller gets. Only a fault of
 * the caller's own request carries the provider's words; everything else is said in ours. `retryInMs` is when one of them
 * will be asked again: no caller is told to wait longer, whatever a provider has said.
 */
export function toApiError(failures: readonly AttemptFailure[], retryInMs: number = 0): ApiError {
  const [first] = failures;
  const last = failures.at(-1);
  if (!first || !last) throw new TypeError('An error of no failures.');
  if (last.fault === 'caller') return toCallerError(last);
  // That a model cannot do it is reported only when all failed so: the others may be available again in a moment.
  if (failures.every(({ fault }) => fault === 'model')) return toCallerError(first);
  const code = failures.every((failure) => failure.code === last.code) ? last.code : 'upstream_error';
  const limited = code === 'upstream_rate_limited';
  const asked = failures.map((failure) => failure.retryAfterMs ?? Number.POSITIVE_INFINITY);
  const waitMs = Math.min(...asked, retryInMs || Number.POSITIVE_INFINITY);
  return new ApiError({
    status: limited ? 429 : code === 'upstream_timeout' ? 504 : 502,
    type: limited ? 'rate_limit_error' : 'server_error',
    code: limited ? 'rate_limit_exceeded' : code,
    message: failureMessages[code],
    ...(limited && Number.isFinite(waitMs) ? { retryAfterMs: waitMs } : {}),
    shouldRetry: false,
    attempts: failures.map(toAttemptReport),
    cause: last.error,
  });
}

/** What the provider says of the request is about the caller's own data, and the caller needs it. */
function toCallerError(failure: AttemptFailure): ApiError {
  const body = isNovaError(failure.error) ? failure.error.body : undefined;
  const code = body?.code && /^[\w.-]{1,64}$/.test(body.code) ? body.code : 'bad_request';
  return new ApiError({
    status: failure.status ?? 400,
    // Clients know this one by its code, in whatever words it was said.
    code: saysTooLong(body) ? 'context_length_exceeded' : code,
    param: body?.param && body.param.length <= 100 ? body.param : null,
    message: body ? body.message.slice(0, 500) : 'The provider refused the request.',
    cause: failure.error,
  });
}
