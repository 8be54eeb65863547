import type { ChatChunk } from '@nova-chat/client/protocol';
import { toAbortError } from '../errors/to-abort-error.js';
import { toAttemptFailure } from './attempt-failure.js';
import { type ChatCall, noteFailure } from './chat-call.js';
import { type OpenAttempt, openAttempt } from './open-attempt.js';
import { toApiError } from './to-api-error.js';
import { toVisibleChunk } from './to-visible-chunk.js';
import { tryCandidates } from './try-candidates.js';

/** A stream whose status is fixed from here on. */
export interface CommittedStream {
  /** `waiting`: the longest peek is over and nothing has been said yet; failures come in-band. */
  state: 'speaking' | 'waiting';
  /** Who is speaking, or is being asked at this moment. */
  provider: string;
  /** Throws an `ApiError` when the answer breaks; ends without one when it is complete. */
  chunks: AsyncIterator<ChatChunk>;
}

/**
 * Answers a request as a stream: candidates → attempt → peek → commit → end.
 *
 * Holds back until the first content, at most `peekMs`, so that a failure before it is an ordinary error with a true
 * status; then commits. Until the first content another candidate may still answer; after it nobody starts again.
 */
export async function streamChat(
  call: ChatCall,
  options: { streamId: string; peekMs: number },
): Promise<CommittedStream> {
  const opening = tryCandidates(call, (turn) => openAttempt(turn, call));
  const state = await peek(opening, options.peekMs);
  return { state, provider: call.record.provider ?? '', chunks: deliver(call, opening, options.streamId) };
}

/** Rejects when the opening fails within the time. */
async function peek(opening: Promise<OpenAttempt>, peekMs: number): Promise<CommittedStream['state']> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<'waiting'>((resolve) => {
    timer = setTimeout(resolve, peekMs, 'waiting');
  });
  try {
    return await Promise.race([opening.then(() => 'speaking' as const), limit]);
  } finally {
    clearTimeout(timer);
  }
}

async function* deliver(
  call: ChatCall,
  opening: Promise<OpenAttempt>,
  streamId: string,
): AsyncGenerator<ChatChunk, void, undefined> {
  const { candidate, attempt, held, rest } = await opening;
  const speakingSince = performance.now();
  call.record.firstTokenMs = Math.round((speakingSince - call.startedAt) * 10) / 10;
  try {
    let nova: ChatChunk['nova'] = { provider: candidate.provider.name, stream_id: streamId };
    for (const chunk of held) {
      const visible = toVisibleChunk(chunk, call);
      if (!visible) continue;
      yield nova ? { ...visible, nova } : visible;
      nova = undefined;
    }
    for (let next = await rest.next(); !next.done; next = await rest.next()) {
      const visible = toVisibleChunk(next.value, call);
      if (visible) yield visible;
    }
    attempt.succeed();
    call.record.outcome = 'complete';
  } catch (error) {
    if (call.signal.aborted) throw toAbortError(call.signal);
    // The place where a broken answer is continued by the next candidate: `held` and what was yielded are the text so far.
    attempt.fail(error);
    const failure = toAttemptFailure(error, candidate.provider.name, performance.now() - speakingSince);
    noteFailure(call, failure);
    throw toApiError([{ ...failure, fault: 'provider' }]);
  } finally {
    attempt.end();
    await rest.return?.();
  }
}
