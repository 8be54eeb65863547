import { isNovaError, type NovaError } from '@nova-chat/client/stream';
import type { AttemptReport } from '../errors/api-error.js';

/** Why one provider call failed, in the words that callers and logs get. */
export type FailureCode =
  | 'upstream_auth_error'
  | 'upstream_rate_limited'
  | 'upstream_timeout'
  | 'upstream_unavailable'
  | 'upstream_stream_interrupted'
  | 'upstream_error'
  | 'provider_error';

/** One provider call that did not give an answer. */
export interface AttemptFailure {
  provider: string;
  /** `caller`: the request itself is at fault and no other provider would take it. */
  fault: 'caller' | 'provider';
  code: FailureCode;
  /** The provider's HTTP status, when it gave one. */
  status: number | null;
  latencyMs: number;
  retryAfterMs: number | undefined;
  /** Kept for the log and for what a caller may know of its own fault. */
  error: unknown;
}

const codes: Partial<Record<NovaError['code'], FailureCode>> = {
  authentication_error: 'upstream_auth_error',
  permission_error: 'upstream_auth_error',
  rate_limited: 'upstream_rate_limited',
  insufficient_quota: 'upstream_rate_limited',
  headers_timeout: 'upstream_timeout',
  first_event_timeout: 'upstream_timeout',
  idle_timeout: 'upstream_timeout',
  total_timeout: 'upstream_timeout',
  queue_timeout: 'upstream_timeout',
  connection_error: 'upstream_unavailable',
  stream_interrupted: 'upstream_stream_interrupted',
  stream_truncated: 'upstream_stream_interrupted',
};

const callerStatuses = new Set([400, 404, 413, 422]);

/** Tells what became of a provider call from what it threw. */
export function toAttemptFailure(error: unknown, provider: string, latencyMs: number): AttemptFailure {
  const known = isNovaError(error) ? error : undefined;
  const status = known?.status ?? null;
  return {
    provider,
    fault: known?.code !== 'stream_error' && status !== null && callerStatuses.has(status) ? 'caller' : 'provider',
    code: known ? (codes[known.code] ?? 'upstream_error') : 'provider_error',
    status,
    latencyMs: Math.round(latencyMs),
    retryAfterMs: known?.retryAfterMs,
    error,
  };
}

/** The failure as it stands in the body of the error that ends a request. */
export function toAttemptReport({ provider, code, status, latencyMs }: AttemptFailure): AttemptReport {
  return { provider, code, status, latency_ms: latencyMs };
}
