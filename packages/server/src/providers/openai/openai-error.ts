import { NovaError, toStatusError } from '@nova-chat/client/stream';
import { hideKeys } from '../shared/hide-keys.js';
import { parseJson, toRecord } from '../shared/json-value.js';

export interface FailedOpenAiResponse {
  status: number;
  headers: { get(name: string): string | null };
  /** The body, as far as it could be read. */
  text: string;
  /** The key of the call, which some servers repeat in what they say. */
  apiKey: string | undefined;
}

/** Converts an answer with an error status. What the server said is kept in `body`, without anything like a key. */
export function toOpenAiError({ status: given, headers, text, apiKey }: FailedOpenAiResponse): NovaError {
  const flagged = given === 403 && isFlagged(text);
  const status = flagged ? 400 : given;
  const error = toStatusError({ status, headers, text });
  if (!error.body) return error;
  const { retryable, requestId, retryAfterMs, message } = error;
  const code = status === 402 && isTooDear(error.body.message) ? 'http_error' : error.code;
  const body = { ...error.body, message: hideKeys(error.body.message, apiKey) };
  if (flagged) body.code = 'content_filter';
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
 * (https://openrouter.ai/docs/api/reference/errors-and-debugging#moderation-errors). Taken for a refused key, one visitor
 * would keep the provider from all others.
 */
function isFlagged(text: string): boolean {
  const metadata = toRecord(toRecord(toRecord(parseJson(text))['error'])['metadata']);
  return Array.isArray(metadata['reasons']) || metadata['flagged_input'] !== undefined;
}
