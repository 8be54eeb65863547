import type { NovaErrorCode } from '@nova-chat/client/protocol';
import { NovaError } from '@nova-chat/client/stream';
import { createStatusError, type FailedResponse } from '../shared/create-status-error.js';
import { parseJson, toRecord, toText } from '../shared/json-value.js';

/** Anthropic's error types (https://platform.claude.com/docs/en/api/errors). */
const codes = new Map<string, NovaErrorCode>([
  ['invalid_request_error', 'bad_request'],
  ['authentication_error', 'authentication_error'],
  ['billing_error', 'insufficient_quota'],
  ['permission_error', 'permission_error'],
  ['not_found_error', 'not_found'],
  ['request_too_large', 'request_too_large'],
  ['rate_limit_error', 'rate_limited'],
  ['overloaded_error', 'overloaded'],
]);

/** Converts an answer with an error status. */
export function toAnthropicError(response: FailedResponse): NovaError {
  const { type, message } = readError(parseJson(response.text));
  // An account without credit is told so by a 400, as if the request were at fault.
  if (isOutOfCredit(message))
    return createStatusError(response, { code: 'insufficient_quota', status: 402, type, message });
  const bodyCode = type === 'not_found_error' && message.startsWith('model:') ? 'model_not_found' : undefined;
  return createStatusError(response, { code: codes.get(type), type, message, bodyCode });
}

/** Converts an `error` event in mid-stream, or an error body that came with a good status. */
export function fromAnthropicErrorEvent(event: unknown): NovaError {
  const { type, message } = readError(event);
  const code = isOutOfCredit(message) ? 'insufficient_quota' : (codes.get(type) ?? 'stream_error');
  return new NovaError({ code, message: `The provider reported an error in the answer (${type || 'no type'}).` });
}

function isOutOfCredit(message: string): boolean {
  return /credit balance is too low/i.test(message);
}

function readError(body: unknown): { type: string; message: string } {
  const error = toRecord(toRecord(body)['error']);
  const type = toText(error['type']);
  // A word of this form can be shown: no key looks so.
  return { type: /^[a-z_]{1,64}$/.test(type) ? type : '', message: toText(error['message']) };
}
