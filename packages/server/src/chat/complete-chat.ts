import type { ChatCompletion } from '@nova-chat/client/protocol';
import { createAccumulator, NovaError } from '@nova-chat/client/stream';
import { toAbortApiError } from '../errors/to-abort-api-error.js';
import type { ProviderChunk } from '../providers/provider.js';
import type { ChatCall } from './chat-call.js';
import { type CompletionAssembly, createCompletionAssembly } from './completion-assembly.js';
import { openAttempt } from './open-attempt.js';
import { type CandidateCall, tryCandidates } from './try-candidates.js';

/** Of the chunks of a whole answer, in UTF-16 code units of their JSON. */
const maxLength = 67_108_864;

/**
 * Answers a request that is not streamed: candidates → attempt → (continue | start over | end). Rejects with an `ApiError`.
 *
 * With another provider in reserve, the first is still asked for a stream: only a stream tells a model that thinks from one
 * that is dead, and leaves something to continue when it breaks. The caller gets nothing before the end, so an answer that
 * cannot be continued is started over.
 */
export async function completeChat(call: ChatCall): Promise<ChatCompletion> {
  const { signal, record } = call;
  const assembly = createCompletionAssembly(call);
  const completion = await tryCandidates(call, (asked) =>
    isAskedWhole(call, asked) ? takeWhole(call, asked) : readWhole(call, asked, assembly),
  );
  if (signal.aborted) throw toAbortApiError(signal);
  record.outcome = 'complete';
  record.promptTokens = completion.usage?.prompt_tokens;
  record.completionTokens = completion.usage?.completion_tokens;
  dropEmptyFunctions(completion);
  return {
    ...completion,
    nova: { ...completion.nova, provider: record.provider ?? '', attempts: record.attempts ?? 1 },
  };
}

/** In place: the client's reader gives each call a function, and the call of a custom tool has none. */
function dropEmptyFunctions({ choices }: ChatCompletion): void {
  for (const call of choices.flatMap(({ message }) => message.tool_calls ?? [])) {
    if ('custom' in call && !call.function?.name) Reflect.deleteProperty(call, 'function');
  }
}

/**
 * Whether the provider is asked for a whole answer. One that only quotes has it at once, and OpenAI's speech comes in most
 * of its formats only whole. Without a reserve nothing is gained by knowing early that an answer is late, and reading a
 * stream costs more than everything else.
 */
function isAskedWhole({ request, candidates }: ChatCall, { candidate }: CandidateCall): boolean {
  return candidates.length === 1 || !candidate.provider.continues || request['audio'] !== undefined;
}

async function takeWhole({ request, requestId, signal }: ChatCall, asked: CandidateCall): Promise<ChatCompletion> {
  const { candidate, attempt, markStarted } = asked;
  markStarted();
  const { nova: _, ...completion } = await candidate.provider.complete(request, {
    model: candidate.model,
    signal,
    requestId,
    onConnection: attempt.connected,
  });
  attempt.succeed();
  attempt.end();
  return completion;
}

/** Reads a stream to its end; what came of one that breaks is kept for the next provider. */
async function readWhole(
  { requestId }: ChatCall,
  asked: CandidateCall,
  assembly: CompletionAssembly,
): Promise<ChatCompletion> {
  const { held, rest, attempt, candidate } = await openAttempt(asked, { request: assembly.request(), requestId });
  asked.markStarted();
  const own = createAccumulator();
  let length = 0;
  const add = (batch: readonly ProviderChunk[]): void => {
    for (const { chunk, json } of batch) {
      for (const event of json ?? [JSON.stringify(chunk)]) length += event.length;
      own.add(chunk);
    }
    if (length > maxLength) throw new NovaError({ code: 'invalid_response', message: 'The answer has no end.' });
  };
  try {
    add(held);
    for (let next = await rest.next(); !next.done; next = await rest.next()) add(next.value);
  } catch (error) {
    await rest.return?.();
    assembly.addPartial(own.toCompletion(), { error, provider: candidate.provider.name });
    throw error;
  }
  attempt.succeed();
  attempt.end();
  return assembly.complete(own.toCompletion(), candidate.provider.name);
}
