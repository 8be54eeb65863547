import type { ProviderChunk } from '../providers/provider.js';
import type { ChatCall } from './chat-call.js';
import { deliverAnswer } from './deliver-answer.js';
import { type OpenAttempt, openAttempt } from './open-attempt.js';
import { tryCandidates } from './try-candidates.js';

/** A stream whose status is fixed from here on. */
export interface CommittedStream {
  /** `waiting`: the time to peek is over and no content has come yet; failures come in-band. */
  state: 'speaking' | 'waiting';
  /** The one that answers, or is being asked at this moment. */
  provider: string;
  /** In batches, as they come. Throws an `ApiError` when the answer breaks; ends without one when it is complete. */
  chunks: AsyncIterator<ProviderChunk[]>;
}

/**
 * Answers a request as a stream: candidates → attempt → peek → commit → (continue | end).
 *
 * Holds back until the first content, at most `peekMs`, so that a failure before it is an ordinary error with a true
 * status; then commits. Until the first content another candidate may still answer; after it none starts
 * over, but another may continue.
 */
export async function streamChat(
  call: ChatCall,
  options: { streamId: string; peekMs: number },
): Promise<CommittedStream> {
  const opening = tryCandidates(call, (asked) => openAttempt(asked, call));
  const state = await peek(opening, options.peekMs);
  return { state, provider: call.record.provider ?? '', chunks: deliverAnswer(call, opening, options.streamId) };
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
