import { ApiError } from './api-error.js';

/** Gives the error of a call that was ended from outside: the caller has gone, or the server is about to. */
export function toAbortApiError(signal: AbortSignal): ApiError {
  if (signal.reason instanceof ApiError) return signal.reason;
  return new ApiError({ status: 499, code: 'aborted', message: 'The caller closed the connection.' });
}
