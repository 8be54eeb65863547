import type { NovaErrorCode } from '@nova-chat/client/protocol';
import { NovaError, toStatusError } from '@nova-chat/client/stream';
import { hideKeys } from './hide-keys.js';

/** An answer with an error status. */
export interface FailedResponse {
  /** The provider's name. */
  provider: string;
  status: number;
  headers: { get(name: string): string | null };
  /** The body, as far as it could be read. */
  text: string;
  /** The key of the call, which must not show should the provider repeat it. */
  apiKey: string | undefined;
}

/** What a provider's own error body says. */
export interface UpstreamError {
  /** Default: by status. */
  code?: NovaErrorCode | undefined;
  /** The status that fits `code`, where the provider's does not. */
  status?: number | undefined;
  /** The provider's word for it. It is shown, so its form has been checked. */
  type: string;
  /** The provider's text. It goes no further than `body`, and there only when the caller is at fault. */
  message: string;
  /** `code` of the error's body. Default: `type`. */
  bodyCode?: string | undefined;
  /** Wins over the headers. */
  retryAfterMs?: number | undefined;
}

/** Faults of the caller: here the provider's text helps, and it is about the request. */
const callerCodes: ReadonlySet<NovaErrorCode> = new Set<NovaErrorCode>([
  'bad_request',
  'not_found',
  'conflict',
  'request_too_large',
]);

/** Creates the error of an answer with an error status. Its message is made of our words, the status and `type`. */
export function createStatusError(response: FailedResponse, upstream: UpstreamError): NovaError {
  const { provider, headers, apiKey } = response;
  const { type, message, bodyCode = type, retryAfterMs } = upstream;
  const base = toStatusError({ status: response.status, headers });
  const isWordless = !type && !message;
  // Not of the API, but of a firewall before it, which goes by what stands in the request.
  const code = upstream.code ?? (base.code === 'permission_error' && isWordless ? 'http_error' : base.code);
  const said = hideKeys(message, apiKey).replace(/\s+/g, ' ').trim().slice(0, 500);
  return new NovaError({
    code,
    message: `The provider ${provider} answered with status ${response.status}${type ? ` (${type})` : ''}.`,
    retryable: code === base.code || headers.get('x-should-retry') ? base.retryable : undefined,
    status: upstream.status ?? response.status,
    requestId: headers.get('request-id') ?? base.requestId,
    retryAfterMs: retryAfterMs ?? base.retryAfterMs,
    body:
      callerCodes.has(code) && said
        ? { message: said, type: 'invalid_request_error', param: null, code: bodyCode || null }
        : undefined,
  });
}
