import type { NovaErrorCode } from '@nova-chat/client/protocol';
import { NovaError } from '@nova-chat/client/stream';
import { createStatusError, type FailedResponse, type UpstreamError } from '../shared/create-status-error.js';
import { parseJson, toRecord, toRecords, toText } from '../shared/json-value.js';

/** Google's status words (https://ai.google.dev/gemini-api/docs/troubleshooting). */
const codes = new Map<string, NovaErrorCode>([
  ['INVALID_ARGUMENT', 'bad_request'],
  ['FAILED_PRECONDITION', 'permission_error'],
  ['UNAUTHENTICATED', 'authentication_error'],
  ['PERMISSION_DENIED', 'permission_error'],
  ['NOT_FOUND', 'not_found'],
  ['RESOURCE_EXHAUSTED', 'rate_limited'],
  ['UNAVAILABLE', 'overloaded'],
]);

/** Converts an answer with an error status. The wait of a 429 stands in the body, not in a header. */
export function toGeminiError(response: FailedResponse): NovaError {
  const error = readError(parseJson(response.text));
  // A file that the request names: taken for a refused key, one visitor would keep the provider from all others.
  if (error.code === 'permission_error' && /\bthe File\b/i.test(error.message)) {
    return createStatusError(response, { ...error, code: 'bad_request', status: 400 });
  }
  const isMissing = error.type === 'NOT_FOUND' && /\bmodels?\b/.test(error.message);
  return createStatusError(response, isMissing ? { ...error, bodyCode: 'model_not_found' } : error);
}

/** Converts an error body in mid-stream, or one that came with a good status. */
export function fromGeminiErrorBody(body: unknown): NovaError {
  const { type, code = 'stream_error', retryAfterMs } = readError(body);
  return new NovaError({
    code,
    message: `The provider reported an error in the answer (${type || 'no status'}).`,
    retryAfterMs,
  });
}

function readError(body: unknown): UpstreamError {
  const error = toRecord(toRecord(Array.isArray(body) ? body[0] : body)['error']);
  const word = toText(error['status']);
  // A word of this form can be shown: no key looks so.
  const type = /^[A-Z_]{1,64}$/.test(word) ? word : '';
  const details = toRecords(error['details']);
  const facts = {
    type,
    message: toText(error['message']),
    retryAfterMs: toDelayMs(details.find(({ retryDelay }) => retryDelay !== undefined)?.['retryDelay']),
  };
  // A wrong key, and an account or a region that is not served, are told by a 400, as if the request were at fault.
  if (details.some(({ reason }) => reason === 'API_KEY_INVALID' || reason === 'API_KEY_EXPIRED')) {
    return { ...facts, code: 'authentication_error', status: 401 };
  }
  return { ...facts, code: codes.get(type), status: type === 'FAILED_PRECONDITION' ? 403 : undefined };
}

/** `google.protobuf.Duration` in JSON: seconds with an `s`, as `34.07s`. */
function toDelayMs(delay: unknown): number | undefined {
  const seconds = Number(/^(\d{1,6}(?:\.\d+)?)s$/.exec(toText(delay))?.[1]);
  return seconds > 0 ? Math.ceil(seconds * 1000) : undefined;
}
