import type { ChatCompletion } from '@nova-chat/client/protocol';
import { createAccumulator, NovaError } from '@nova-chat/client/stream';
import { toAbortError } from '../errors/to-abort-error.js';
import type { ProviderChunk } from '../providers/provider.js';
import type { ChatCall } from './chat-call.js';
import { openAttempt } from './open-attempt.js';
import { createPatchwork, type Patchwork } from './patchwork.js';
import { type Turn, tryCandidates } from './try-candidates.js';

/** Of the chunks of a whole answer, in UTF-16 code units of their JSON. */
const maxLength = 67_108_864;

/**
 * Answers a request whole: candidates → attempt → (continue | begin anew | end). Rejects with an `ApiError`.
 *
 * With another one in reserve, a provider that writes is asked for a stream all the same: only a stream tells one who
 * thinks from one who is dead, and leaves something to go on with when it breaks. Nothing is handed on before the end, so
 * that an answer that nobody can go on with is begun anew.
 */
export async function completeChat(call: ChatCall): Promise<ChatCompletion> {
  const { signal, record } = call;
  const patchwork = createPatchwork(call);
  const completion = await tryCandidates(call, (turn) =>
    isGivenWhole(call, turn) ? takeWhole(call, turn) : readWhole(call, turn, patchwork),
  );
  if (signal.aborted) throw toAbortError(signal);
  record.outcome = 'complete';
  record.promptTokens = completion.usage?.prompt_tokens;
  record.completionTokens = completion.usage?.completion_tokens;
  dropEmptyFunctions(completion);
  return {
    ...completion,
    nova: { ...completion.nova, provider: record.provider ?? '', attempts: record.attempts ?? 1 },
  };
}

/** In place: the client's reader gives each call a function, and one of a custom tool has none. */
function dropEmptyFunctions({ choices }: ChatCompletion): void {
  for (const call of choices.flatMap(({ message }) => message.tool_calls ?? [])) {
    if ('custom' in call && !call.function?.name) Reflect.deleteProperty(call, 'function');
  }
}

/**
 * Who only quotes has all of it at once, and OpenAI's speech comes in most of its formats whole only. With nobody in
 * reserve, to know early that an answer is late helps nobody, and to read a stream costs more than all the rest.
 */
function isGivenWhole({ request, candidates }: ChatCall, { candidate }: Turn): boolean {
  return candidates.length === 1 || !candidate.provider.continues || request['audio'] !== undefined;
}

async function takeWhole({ request, requestId, signal }: ChatCall, turn: Turn): Promise<ChatCompletion> {
  const { candidate, attempt, spoken } = turn;
  spoken();
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

/** Reads a stream to its end; what was said of one that breaks is kept for whoever follows. */
async function readWhole({ requestId }: ChatCall, turn: Turn, patchwork: Patchwork): Promise<ChatCompletion> {
  const { held, rest, attempt, candidate } = await openAttempt(turn, { request: patchwork.request(), requestId });
  turn.spoken();
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
    patchwork.breakOff(own.toCompletion(), { error, provider: candidate.provider.name });
    throw error;
  }
  attempt.succeed();
  attempt.end();
  return patchwork.finish(own.toCompletion(), candidate.provider.name);
}
