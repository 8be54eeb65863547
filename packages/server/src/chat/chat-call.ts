import type { ChatRequest } from '@nova-chat/client/protocol';
import type { RequestRecord } from '../observe/request-record.js';
import type { Routing } from '../routing/index.js';
import { type AttemptFailure, toAttemptReport } from './attempt-failure.js';
import type { Candidate } from './model-catalog.js';

/** One chat request on its way: what was asked, who may answer, and what becomes known on the way. */
export interface ChatCall {
  request: ChatRequest;
  /** In the order in which they are tried. */
  candidates: readonly Candidate[];
  /** Those that were asked. */
  tried: Set<Candidate>;
  routing: Routing;
  /** Waits before the last candidate is asked again. */
  retryDelaysMs: readonly number[];
  /** Longest time until the first word, over all attempts; nothing is begun after it. */
  startMs: number;
  /** What becomes of a plain answer that breaks in the middle. */
  onFailure: 'continue' | 'terminate';
  requestId: string;
  /** Ends the call; its reason is what the caller gets when it is an `ApiError`. */
  signal: AbortSignal;
  /** By `performance.now()`. */
  startedAt: number;
  /** Filled as the call goes on. */
  record: RequestRecord;
}

/** Notes a provider call that failed, for the log. */
export function noteFailure({ record }: ChatCall, failure: AttemptFailure): void {
  record.failures = [...(record.failures ?? []), { ...toAttemptReport(failure), class: failure.errorClass }];
  if (failure.code === 'provider_error') record.faults = [...(record.faults ?? []), failure.error];
}
