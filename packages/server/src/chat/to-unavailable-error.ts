import { ApiError } from '../errors/api-error.js';
import type { ChatCall } from './chat-call.js';
import { failureMessages } from './to-api-error.js';

const soonMs = 1000;

/** Creates the error of a call for which no candidate may be asked now. It says when asking again is of use. */
export function toUnavailableError({ candidates, routing }: ChatCall): ApiError {
  if (candidates.length === 0) {
    return new ApiError({ status: 503, code: 'service_unavailable', message: 'No provider is configured.' });
  }
  const states = new Set(candidates.map((candidate) => routing.state(candidate)));
  const retryAfterMs = Math.min(
    ...candidates.map((candidate) => {
      const ms = routing.retryInMs(candidate);
      // A probe is running: its result is known long before its time is over.
      return routing.state(candidate) === 'half_open' ? Math.min(ms, soonMs) : ms;
    }),
  );
  if (states.size === 1 && states.has('cooling')) {
    return new ApiError({
      status: 429,
      type: 'rate_limit_error',
      code: 'rate_limit_exceeded',
      message: failureMessages.upstream_rate_limited,
      retryAfterMs,
    });
  }
  if (states.size === 1 && states.has('misconfigured')) {
    return new ApiError({
      status: 502,
      code: 'upstream_auth_error',
      message: failureMessages.upstream_auth_error,
      shouldRetry: false,
    });
  }
  return new ApiError({
    status: 503,
    code: 'service_unavailable',
    message: 'No provider can be asked at the moment. Ask again in a moment.',
    retryAfterMs,
  });
}
