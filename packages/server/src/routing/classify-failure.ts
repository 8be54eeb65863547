import type { NovaErrorCode } from '@nova-chat/client/protocol';
import { isNovaError, type NovaError } from '@nova-chat/client/stream';

/** What a failed call says about the provider: the four ways in which a breaker can take it. */
export type FailureKind = 'failure' | 'neutral' | 'rate-limited' | 'misconfigured';

/** Why a call failed, in the words that callers and logs get. */
export type FailureCode =
  | 'upstream_auth_error'
  | 'upstream_rate_limited'
  | 'upstream_timeout'
  | 'upstream_unavailable'
  | 'upstream_stream_interrupted'
  | 'upstream_error'
  | 'provider_error';

export interface FailureVerdict {
  kind: FailureKind;
  /** A word for reports and logs: a `NovaErrorCode`, or `provider_error` for anything else. Never a provider's text. */
  errorClass: string;
  code: FailureCode;
  /** `caller`: the request itself is at fault, and no other provider would take it. */
  fault: 'caller' | 'provider';
  /** What a provider that limits asked to wait. */
  retryAfterMs?: number | undefined;
  /** `credentials`: every model of the provider is concerned, because they share the key. */
  scope: 'target' | 'credentials';
}

type Meaning = [kind: FailureKind, code?: FailureCode, fault?: FailureVerdict['fault']];

/** A full record, so that a new code does not compile before someone has decided. */
const meanings: Record<NovaErrorCode, Meaning> = {
  invalid_option: ['neutral'],
  already_read: ['neutral'],
  offline: ['failure'],
  connection_error: ['failure', 'upstream_unavailable'],
  network_or_cors: ['failure', 'upstream_unavailable'],
  redirect_refused: ['failure'],
  // Our own pool is full of long streams: nothing is known of the provider.
  queue_timeout: ['neutral', 'upstream_timeout'],
  headers_timeout: ['failure', 'upstream_timeout'],
  bad_request: ['neutral', 'upstream_error', 'caller'],
  authentication_error: ['misconfigured', 'upstream_auth_error'],
  permission_error: ['misconfigured', 'upstream_auth_error'],
  not_found: ['neutral', 'upstream_error', 'caller'],
  conflict: ['neutral'],
  request_too_large: ['neutral', 'upstream_error', 'caller'],
  content_filter: ['neutral', 'upstream_error', 'caller'],
  rate_limited: ['rate-limited', 'upstream_rate_limited'],
  // No waiting cures it: the account is empty.
  insufficient_quota: ['misconfigured', 'upstream_auth_error'],
  overloaded: ['failure'],
  server_error: ['failure'],
  http_error: ['neutral'],
  unexpected_content_type: ['failure'],
  invalid_response: ['failure'],
  invalid_stream: ['failure'],
  decode_error: ['failure'],
  event_too_large: ['failure'],
  first_event_timeout: ['failure', 'upstream_timeout'],
  idle_timeout: ['failure', 'upstream_timeout'],
  total_timeout: ['failure', 'upstream_timeout'],
  stream_error: ['failure'],
  stream_interrupted: ['failure', 'upstream_stream_interrupted'],
  stream_truncated: ['failure', 'upstream_stream_interrupted'],
  aborted: ['neutral'],
};

/** Tells what a call that threw says about its provider. An error that is not ours counts as the provider's. */
export function classifyFailure(error: unknown): FailureVerdict {
  if (!isNovaError(error)) {
    const aborted = error instanceof Error && error.name === 'AbortError';
    return {
      kind: aborted ? 'neutral' : 'failure',
      errorClass: aborted ? 'aborted' : 'provider_error',
      code: 'provider_error',
      fault: 'provider',
      scope: 'target',
    };
  }
  const serverFault = error.code === 'http_error' && (error.status ?? 0) >= 500;
  const [kind, code = 'upstream_error', fault = 'provider'] = toMeaning(error);
  return {
    kind: serverFault ? 'failure' : kind,
    errorClass: error.code,
    code,
    fault,
    retryAfterMs: error.retryAfterMs,
    // A 403 is often about one model only.
    scope: error.code === 'authentication_error' || error.code === 'insufficient_quota' ? 'credentials' : 'target',
  };
}

function toMeaning(error: NovaError): Meaning {
  const { code, status, body } = error;
  // An API that misses a model says so. A 404 without its words comes from an address where there is no API.
  if (code === 'not_found' && body === undefined) return ['failure'];
  // A firewall before the API: it goes by what stands in the request, and says nothing of the others.
  if (code === 'http_error' && status === 403) return ['neutral', 'upstream_auth_error'];
  if (code === 'stream_error' && body) return meaningInStream(body.code ?? '');
  // A newer copy of the client may know codes that this table does not.
  return meanings[code] ?? ['failure'];
}

const ofCaller =
  /^(?:400|413|422|context_length_exceeded|request_too_large|content_filter.*|invalid_request.*|unsupported_.*)$/i;

/** Some servers say in the stream, after a good status, what others say by their status. */
function meaningInStream(word: string): Meaning {
  if (/^(?:429$|rate_limit)/i.test(word)) return meanings.rate_limited;
  return ofCaller.test(word) ? meanings.bad_request : meanings.stream_error;
}
