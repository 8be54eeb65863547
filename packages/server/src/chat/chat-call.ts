import type { ChatRequest } from '@nova-chat/client/protocol';
import type { RequestRecord } from '../observe/request-record.js';
import type { Routing } from '../routing/index.js';
import { type AttemptFailure, toAttemptReport } from './attempt-failure.js';
import type { Candidate } from './model-catalog.js';

/** One chat request on its way: what was asked, and the candidates. Only `tried` and `record` fill up on the way. */
export interface ChatCall {
  readonly request: ChatRequest;
  /** In the order in which they are tried. */
  readonly candidates: readonly Candidate[];
  /** Those that were asked. */
  readonly tried: Set<Candidate>;
  readonly routing: Routing;
  /** Waits before the last candidate is asked again. */
  readonly retryDelaysMs: readonly number[];
  /** Longest time until the first content, over all attempts; none is begun after it. */
  readonly startMs: number;
  /** What becomes of a plain answer that breaks in the middle. */
  readonly onFailure: 'continue' | 'terminate';
  readonly requestId: string;
  /** Ends the call; its reason is what the caller gets when it is an `ApiError`. */
  readonly signal: AbortSignal;
  /** By `performance.now()`. */
  readonly startedAt: number;
  /** For the log. */
  readonly record: RequestRecord;
}

/** Notes a provider call that failed, for the log. */
export function noteFailure({ record }: ChatCall, failure: AttemptFailure): void {
  record.failures = [...(record.failures ?? []), { ...toAttemptReport(failure), class: failure.errorClass }];
  if (failure.code === 'provider_error') record.faults = [...(record.faults ?? []), failure.error];
}
