import { NovaError, toStatusError } from '@nova-chat/client/stream';
import type { FailedResponse } from '../shared/create-status-error.js';
import { hideKeys } from '../shared/hide-keys.js';
import { parseJson, toRecord, toText } from '../shared/json-value.js';

/** Converts an answer with an error status. What the server said is kept in `body`, without anything like a key. */
export function toOpenAiError({ status: given, headers, text, apiKey }: Omit<FailedResponse, 'provider'>): NovaError {
  const flagged = given === 403 && isFlagged(text);
  const status = flagged ? 400 : given;
  const error = toStatusError({ status, headers, text });
  const { retryable, requestId, retryAfterMs, message } = error;
  if (!error.body) {
    if (status !== 403) return error;
    return new NovaError({ code: 'http_error', message, retryable, status, requestId, retryAfterMs });
  }
  const code = status === 402 && isTooDear(error.body.message) ? 'http_error' : error.code;
  const body = { ...error.body, message: hideKeys(error.body.message, apiKey) };
  // What follows its first sentence is about our account.
  if (flagged) Object.assign(body, { code: 'content_filter', message: body.message.replace(/(?<=\.)\s.*/s, '') });
  return new NovaError({ code, message, retryable, status, requestId, retryAfterMs, body });
}

/**
 * OpenRouter answers 402 to a request whose `max_tokens` could cost more than is left. For others there may be enough:
 * taken for an empty account, one visitor would keep the provider from all of them.
 */
function isTooDear(message: string): boolean {
  return /\bfewer max_tokens\b/.test(message);
}

/**
 * OpenRouter answers 403 to what its moderation does not like
 * (https://openrouter.ai/docs/api/reference/errors-and-debugging#moderation-errors), and so does xAI, whose code for it is
 * that of a refused key. Taken for one, a visitor would keep the provider from all others.
 */
function isFlagged(text: string): boolean {
  const { error } = toRecord(parseJson(text));
  const { metadata, message = error } = toRecord(error);
  const { reasons, flagged_input: input } = toRecord(metadata);
  return Array.isArray(reasons) || input !== undefined || /\bcontent violates\b|\bSAFETY_CHECK/i.test(toText(message));
}
