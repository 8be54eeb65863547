import type { ChatCompletion } from '@nova-chat/client/protocol';
import { toAbortError } from '../errors/to-abort-error.js';
import type { ChatCall } from './chat-call.js';
import { tryCandidates } from './try-candidates.js';

/** Answers a request whole: candidates → attempt → end. Rejects with an `ApiError`. */
export async function completeChat(call: ChatCall): Promise<ChatCompletion> {
  const { request, requestId, signal, record } = call;
  // A whole answer takes as long as it takes: the time for the first word limits only what is begun.
  const completion = await tryCandidates(call, async ({ candidate, attempt }) => {
    const { provider, model } = candidate;
    const answer = await provider.complete(request, { model, signal, requestId });
    attempt.succeed();
    attempt.end();
    return answer;
  });
  if (signal.aborted) throw toAbortError(signal);
  record.outcome = 'complete';
  record.promptTokens = completion.usage?.prompt_tokens;
  record.completionTokens = completion.usage?.completion_tokens;
  return { ...completion, nova: { provider: record.provider ?? '', attempts: record.attempts ?? 1 } };
}
