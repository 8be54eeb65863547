import { NovaError } from '../errors/nova-error.js';
import { toErrorLabel } from '../errors/to-error-label.js';
import { type ErrorBody, parseErrorBody } from '../protocol/index.js';

/** Asking again does not help against these. */
const lasting =
  /^(?:4(?!08|09|25|29)\d\d|invalid_.*|permission_.*|(.*_)?not_found.*|unauthenticated|authentication_error|insufficient_quota|billing_.*|content_filter.*|context_length_exceeded|request_too_large|tool_use_failed|unsupported_.*)$/i;

/** Creates the error of an error that the server sent inside a stream. What it said is only in `body`. */
export function toStreamError(body: ErrorBody | undefined): NovaError {
  const { error } = body ?? (parseErrorBody({ error: {} }) as ErrorBody);
  return new NovaError({
    code: 'stream_error',
    message: `The server sent an error in mid-stream${toErrorLabel(error)}.`,
    body: error,
    retryable: !lasting.test(error.code ?? '') && !lasting.test(error.type),
  });
}
