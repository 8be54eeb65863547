import { toAbortError } from '../errors/to-abort-error.js';
import { type AttemptFailure, toAttemptFailure } from './attempt-failure.js';
import { type ChatCall, noteFailure } from './chat-call.js';
import type { Candidate } from './model-catalog.js';
import { toApiError } from './to-api-error.js';

/**
 * Makes the attempt with one candidate after the other, at once, until one succeeds. Rejects with an `ApiError`: when
 * the call was ended, when the request itself is at fault, or when every candidate has failed.
 */
export async function tryCandidates<T>(call: ChatCall, attempt: (candidate: Candidate) => Promise<T>): Promise<T> {
  const { candidates, record, signal } = call;
  const failures: AttemptFailure[] = [];
  for (const [index, candidate] of candidates.entries()) {
    const startedAt = performance.now();
    record.provider = candidate.provider.name;
    record.model = candidate.model;
    record.attempts = index + 1;
    try {
      return await attempt(candidate);
    } catch (error) {
      if (signal.aborted) throw toAbortError(signal);
      const failure = toAttemptFailure(error, candidate.provider.name, performance.now() - startedAt);
      failures.push(failure);
      noteFailure(call, failure);
      if (failure.fault === 'caller' && !isForeignModel(failure, candidates.length)) break;
    }
  }
  throw toApiError(failures);
}

/** With several candidates the model was our choice and not the caller's; another provider may have one. */
function isForeignModel(failure: AttemptFailure, candidateCount: number): boolean {
  return failure.status === 404 && candidateCount > 1;
}
