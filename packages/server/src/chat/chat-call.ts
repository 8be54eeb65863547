import type { ChatRequest } from '@nova-chat/client/protocol';
import { ApiError } from '../errors/api-error.js';
import type { RequestRecord } from '../observe/request-record.js';
import { type AttemptFailure, toAttemptReport } from './attempt-failure.js';
import type { Candidate } from './model-catalog.js';

/** One chat request on its way: what was asked, who may answer, and what becomes known on the way. */
export interface ChatCall {
  request: ChatRequest;
  /** In the order in which they are tried. */
  candidates: readonly Candidate[];
  requestId: string;
  /** Ends the call; its reason is thrown when it is an `ApiError`. */
  signal: AbortSignal;
  /** By `performance.now()`. */
  startedAt: number;
  /** Filled as the call goes on, for the log. */
  record: RequestRecord;
}

/** The error of a call that was ended from outside: the caller has gone, or the server is about to. */
export function toAbortError(signal: AbortSignal): ApiError {
  if (signal.reason instanceof ApiError) return signal.reason;
  return new ApiError({ status: 499, code: 'aborted', message: 'The caller closed the connection.' });
}

/** Notes a provider call that failed, for the log. */
export function noteFailure({ record }: ChatCall, failure: AttemptFailure): void {
  record.failures = [...(record.failures ?? []), toAttemptReport(failure)];
  if (failure.code === 'provider_error') record.faults = [...(record.faults ?? []), failure.error];
}
