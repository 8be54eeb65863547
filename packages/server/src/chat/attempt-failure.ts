import { isNovaError, type NovaError } from '@nova-chat/client/stream';
import type { AttemptReport } from '../errors/api-error.js';
import { classifyFailure, type FailureVerdict } from '../routing/index.js';

/** One provider call that did not give an answer. */
export interface AttemptFailure extends Pick<FailureVerdict, 'code' | 'errorClass' | 'retryAfterMs'> {
  provider: string;
  /** `model`: it is not there, or cannot take what was asked for, or so much of it; that of another provider may. */
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
    fault: fault === 'caller' && known && isOfModel(known) ? 'model' : fault,
    code,
    errorClass,
    status: known?.status ?? null,
    latencyMs: Math.round(latencyMs),
    retryable: known?.retryable ?? false,
    retryAfterMs,
    error,
  };
}

/** How providers say that a conversation is longer than the model can read; not all of them have a code for it. */
const isTooLong =
  /maximum (?:context|prompt)|context (?:length|window|size|limit)|(?:prompt|input) is too long|input token count/i;

/** Whether a provider says that the conversation is longer than its model can read. */
export function saysTooLong(body: NovaError['body']): boolean {
  return body?.code === 'context_length_exceeded' || isTooLong.test(body?.message ?? '');
}

function isOfModel({ code, status, body }: NovaError): boolean {
  // What is too large may exceed only a quota, and a refusal in the stream comes after the request was accepted.
  if (status === 404 || code === 'request_too_large' || code === 'stream_error') return true;
  return saysTooLong(body) || /^(?:unsupported_value|unsupported_parameter)$/.test(body?.code ?? '');
}

/** The failure as it stands in the body of the error that ends a request. */
export function toAttemptReport({ provider, code, status, latencyMs }: AttemptFailure): AttemptReport {
  return { provider, code, status, latency_ms: latencyMs };
}
