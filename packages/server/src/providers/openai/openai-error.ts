import { NovaError, toStatusError } from '@nova-chat/client/stream';

export interface FailedOpenAiResponse {
  status: number;
  headers: { get(name: string): string | null };
  /** The body, as far as it could be read. */
  text: string;
  /** The key of the call, which some servers repeat in what they say. */
  apiKey: string | undefined;
}

/** Kept short enough that a key of another tenant, or a masked one, is caught too. */
const keyLike = /\b(?:sk|pk|rk|key|gsk|xai)[-_][\w*.…-]{6,}/gi;

/** Converts an answer with an error status. What the server said is kept in `body`, without anything like a key. */
export function toOpenAiError({ status, headers, text, apiKey }: FailedOpenAiResponse): NovaError {
  const error = toStatusError({ status, headers, text });
  if (!error.body) return error;
  const { code, retryable, requestId, retryAfterMs, message } = error;
  const said = apiKey ? error.body.message.replaceAll(apiKey, '…') : error.body.message;
  const body = { ...error.body, message: said.replace(keyLike, '…') };
  return new NovaError({ code, message, retryable, status, requestId, retryAfterMs, body });
}
