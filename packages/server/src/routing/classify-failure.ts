import type { NovaErrorCode } from '@nova-chat/client/protocol';
import { isNovaError } from '@nova-chat/client/stream';

/** What a failed call says about the provider: the four ways in which a breaker can take it. */
export type FailureKind = 'failure' | 'neutral' | 'rate-limited' | 'misconfigured';

export interface FailureVerdict {
  kind: FailureKind;
  /** A word for reports and logs: a `NovaErrorCode`, or `provider_error` for anything else. Never a provider's text. */
  errorClass: string;
  /** What a provider that limits asked to wait. */
  retryAfterMs?: number | undefined;
  /** `credentials`: every model of the provider is concerned, because they share the key. */
  scope: 'target' | 'credentials';
}

/** A full record, so that a new code does not compile before someone has decided. */
const kinds: Record<NovaErrorCode, FailureKind> = {
  invalid_option: 'neutral',
  offline: 'failure',
  connection_error: 'failure',
  network_or_cors: 'failure',
  redirect_refused: 'failure',
  // Our own pool is full of long streams: nothing is known of the provider.
  queue_timeout: 'neutral',
  headers_timeout: 'failure',
  bad_request: 'neutral',
  authentication_error: 'misconfigured',
  permission_error: 'misconfigured',
  not_found: 'neutral',
  conflict: 'neutral',
  request_too_large: 'neutral',
  rate_limited: 'rate-limited',
  // A 429 that no waiting cures: the account is empty.
  insufficient_quota: 'misconfigured',
  overloaded: 'failure',
  server_error: 'failure',
  http_error: 'neutral',
  unexpected_content_type: 'failure',
  invalid_response: 'failure',
  invalid_stream: 'failure',
  decode_error: 'failure',
  event_too_large: 'failure',
  first_event_timeout: 'failure',
  idle_timeout: 'failure',
  total_timeout: 'failure',
  stream_error: 'failure',
  stream_interrupted: 'failure',
  stream_truncated: 'failure',
  aborted: 'neutral',
};

/** Tells what a call that threw says about its provider. An error that is not ours counts as the provider's. */
export function classifyFailure(error: unknown): FailureVerdict {
  if (!isNovaError(error)) {
    const aborted = error instanceof Error && error.name === 'AbortError';
    return {
      kind: aborted ? 'neutral' : 'failure',
      errorClass: aborted ? 'aborted' : 'provider_error',
      scope: 'target',
    };
  }
  const serverFault = error.code === 'http_error' && (error.status ?? 0) >= 500;
  return {
    // A newer copy of the client may know codes that this table does not.
    kind: serverFault ? 'failure' : (kinds[error.code] ?? 'failure'),
    errorClass: error.code,
    retryAfterMs: error.retryAfterMs,
    // A 403 is often about one model only.
    scope: error.code === 'authentication_error' || error.code === 'insufficient_quota' ? 'credentials' : 'target',
  };
}
