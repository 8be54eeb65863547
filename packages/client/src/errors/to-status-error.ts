import { type NovaErrorCode, parseErrorBody } from '../protocol/index.js';
import { parseJson } from '../protocol/parse-json.js';
import { NovaError } from './nova-error.js';
import { parseRetryAfter } from './parse-retry-after.js';
import { toErrorLabel } from './to-error-label.js';

export interface ErrorResponse {
  status: number;
  headers: { get(name: string): string | null };
  /** The body as far as it was read. */
  text?: string | undefined;
}

const codes: Record<number, NovaErrorCode> = {
  400: 'bad_request',
  401: 'authentication_error',
  402: 'insufficient_quota',
  403: 'permission_error',
  404: 'not_found',
  409: 'conflict',
  413: 'request_too_large',
  422: 'bad_request',
  429: 'rate_limited',
  529: 'overloaded',
};

/** What the body says in these words is more than the status tells. */
const codesByWord: Readonly<Record<string, NovaErrorCode>> = {
  // The word comes from the server: what objects inherit must not match.
  __proto__: null as never,
  insufficient_quota: 'insufficient_quota',
  context_length_exceeded: 'request_too_large',
  content_filter: 'content_filter',
  content_policy_violation: 'content_filter',
};

/**
 * Creates the error of an answer with an error status. `x-should-retry` decides over the status, as in OpenAI's
 * clients. What the server said is in `body`; the message has its code and the member at fault, never its text.
 */
export function toStatusError({ status, headers, text = '' }: ErrorResponse): NovaError {
  const body = parseErrorBody(parseJson(text))?.error;
  const words = [body?.code, body?.type];
  let code = codes[status] ?? (status >= 500 ? 'server_error' : 'http_error');
  if (status >= 500 && words.includes('overloaded_error')) code = 'overloaded';
  for (const word of words) code = codesByWord[word ?? ''] ?? code;
  const asked = headers.get('x-should-retry');
  const mayPass = [408, 409, 425, 429].includes(status) || (status >= 500 && status !== 501);
  return new NovaError({
    code,
    message: `The server answered with status ${status}${toErrorLabel(body)}.`,
    retryable: asked === 'true' || (asked !== 'false' && mayPass && code !== 'insufficient_quota'),
    status,
    requestId: headers.get('x-request-id') ?? undefined,
    retryAfterMs: parseRetryAfter(headers),
    body,
  });
}
