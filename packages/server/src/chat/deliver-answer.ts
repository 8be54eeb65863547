import { RestartedAnswerError } from '@nova-chat/client/stream';
import { toAbortError } from '../errors/to-abort-error.js';
import type { ProviderChunk } from '../providers/provider.js';
import { type AttemptFailure, toAttemptFailure } from './attempt-failure.js';
import { type ChatCall, noteFailure } from './chat-call.js';
import { type OpenAttempt, openAttempt } from './open-attempt.js';
import { SpokenAnswer } from './spoken-answer.js';
import { toApiError } from './to-api-error.js';
import { maxSwitches, toContinuationRequest } from './to-continuation-request.js';
import { tryCandidates } from './try-candidates.js';

/**
 * Hands an answer on as it is said. When the one who speaks breaks off and the answer is a plain text, the next candidate
 * goes on with it, and a chunk says so in `nova.switched`. Throws an `ApiError` when nobody can.
 */
export async function* deliverAnswer(
  call: ChatCall,
  opening: Promise<OpenAttempt>,
  streamId: string,
): AsyncGenerator<ProviderChunk[], void, undefined> {
  let open = await opening;
  call.record.firstTokenMs = Math.round((performance.now() - call.startedAt) * 10) / 10;
  const answer = new SpokenAnswer(call, streamId, open.candidate.provider.name);
  let failure: AttemptFailure | undefined;
  for (let switches = 0; ; switches += 1) {
    const startedAt = performance.now();
    const { candidate, attempt, held, rest } = open;
    try {
      yield answer.take(held);
      for (let next = await rest.next(); !next.done; next = await rest.next()) yield answer.take(next.value);
      yield answer.end();
      attempt.succeed();
      call.record.outcome = 'complete';
      return;
    } catch (error) {
      if (call.signal.aborted) throw toAbortError(call.signal);
      // A text that fits nowhere has said nothing, and is no fault of the one who wrote it.
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
    answer.handOver({ from: failure.provider, to: next.candidate.provider.name, reason: failure.code });
    call.record.switches = switches + 1;
  }
}

/** Asks those who were not asked yet, at once and each once, to go on. */
async function openNext(call: ChatCall, said: string): Promise<OpenAttempt | undefined> {
  const candidates = call.candidates.filter((other) => other.provider.continues && !call.tried.has(other));
  if (candidates.length === 0) return undefined;
  const request = toContinuationRequest(call.request, said);
  const next: ChatCall = { ...call, request, candidates, retryDelaysMs: [], startedAt: performance.now() };
  try {
    return await tryCandidates(next, (turn) => openAttempt(turn, next));
  } catch {
    if (call.signal.aborted) throw toAbortError(call.signal);
    // That the answer broke off says more than that nobody could go on; the failures are in the log.
    return undefined;
  }
}
