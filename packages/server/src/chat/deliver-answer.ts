import { RestartedAnswerError } from '@nova-chat/client/stream';
import { toAbortApiError } from '../errors/to-abort-api-error.js';
import type { ProviderChunk } from '../providers/provider.js';
import { type AttemptFailure, toAttemptFailure } from './attempt-failure.js';
import { type ChatCall, noteFailure } from './chat-call.js';
import { type OpenAttempt, openAttempt } from './open-attempt.js';
import { StreamedAnswer } from './streamed-answer.js';
import { toApiError } from './to-api-error.js';
import { maxSwitches, toContinuationRequest } from './to-continuation-request.js';
import { tryCandidates } from './try-candidates.js';

/**
 * Passes an answer on as it comes. When the provider breaks off and the answer is a plain text, the next candidate
 * continues it, and a chunk says so in `nova.switched`. Throws an `ApiError` when none can.
 */
export async function* deliverAnswer(
  call: ChatCall,
  opening: Promise<OpenAttempt>,
  streamId: string,
): AsyncGenerator<ProviderChunk[], void, undefined> {
  let open = await opening;
  call.record.firstTokenMs = Math.round((performance.now() - call.startedAt) * 10) / 10;
  const answer = new StreamedAnswer(call, streamId, open.candidate.provider.name);
  let failure: AttemptFailure | undefined;
  for (let switches = 0; ; switches += 1) {
    const startedAt = performance.now();
    const { candidate, attempt, held, rest } = open;
    try {
      yield answer.process(held);
      for (let next = await rest.next(); !next.done; next = await rest.next()) yield answer.process(next.value);
      yield answer.end();
      attempt.succeed();
      call.record.outcome = 'complete';
      return;
    } catch (error) {
      if (call.signal.aborted) throw toAbortApiError(call.signal);
      // A continuation that cannot be joined has added nothing, and is no fault of its provider.
      if (!(failure && error instanceof RestartedAnswerError)) {
        attempt.fail(error);
        failure = toAttemptFailure(error, candidate.provider.name, performance.now() - startedAt);
        noteFailure(call, failure);
      }
    } finally {
      attempt.end();
      await rest.return?.();
    }
    const next = switches < maxSwitches && answer.canContinue ? await openNext(call, answer.text) : undefined;
    if (!next) throw toApiError([{ ...failure, fault: 'provider' }]);
    open = next;
    answer.switchProvider({ from: failure.provider, to: next.candidate.provider.name, reason: failure.code });
    call.record.switches = switches + 1;
  }
}

/** Asks the candidates that were not asked yet to continue, each once and without waits. */
async function openNext(call: ChatCall, said: string): Promise<OpenAttempt | undefined> {
  const candidates = call.candidates.filter((other) => other.provider.continues && !call.tried.has(other));
  if (candidates.length === 0) return undefined;
  const request = toContinuationRequest(call.request, said);
  const next: ChatCall = { ...call, request, candidates, retryDelaysMs: [], startedAt: performance.now() };
  try {
    return await tryCandidates(next, (asked) => openAttempt(asked, next));
  } catch {
    if (call.signal.aborted) throw toAbortApiError(call.signal);
    // That the answer broke off says more than that none could continue it; those failures are in the log.
    return undefined;
  }
}
