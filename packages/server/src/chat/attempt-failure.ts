import { isNovaError, type NovaError } from '@nova-chat/client/stream';
import type { AttemptReport } from '../errors/api-error.js';
import { classifyFailure, type FailureVerdict } from '../routing/index.js';

/** One provider call that did not give an answer. */
export interface AttemptFailure extends Pick<FailureVerdict, 'code' | 'errorClass' | 'retryAfterMs'> {
  provider: string;
  /** `model`: it is not there, or cannot take what was asked for; that of another provider may. */
  fault: FailureVerdict['fault'] | 'model';
  /** The provider's HTTP status, when it gave one. */
  status: number | null;
  latencyMs: number;
  /** Asking the same provider again may help. */
  retryable: boolean;
  /** Kept for the log and for what a caller may know of its own fault. */
  error: unknown;
}

/** Tells what became of a provider call from what it threw. */
export function toAttemptFailure(error: unknown, provider: string, latencyMs: number): AttemptFailure {
  const { code, errorClass, fault, retryAfterMs } = classifyFailure(error);
  const known = isNovaError(error) ? error : undefined;
  return {
    provider,
    fault: fault === 'caller' && isOfModel(known) ? 'model' : fault,
    code,
    errorClass,
    status: known?.status ?? null,
    latencyMs: Math.round(latencyMs),
    retryable: known?.retryable ?? false,
    retryAfterMs,
    error,
  };
}

function isOfModel(error: NovaError | undefined): boolean {
  return error?.status === 404 || /^unsupported_(?:value|parameter)$/.test(error?.body?.code ?? '');
}

/** The failure as it stands in the body of the error that ends a request. */
export function toAttemptReport({ provider, code, status, latencyMs }: AttemptFailure): AttemptReport {
  return { provider, code, status, latency_ms: latencyMs };
}
