import { type ChatChunk, type ChatRequest, hasContent, toChunk } from '@nova-chat/client/protocol';
import { NovaError, refusesStream } from '@nova-chat/client/stream';
import type { ProviderChunk } from '../providers/provider.js';
import type { Attempt } from '../routing/index.js';
import type { Candidate } from './model-catalog.js';
import type { Turn } from './try-candidates.js';

/** A provider's stream that has begun to say something. */
export interface OpenAttempt {
  candidate: Candidate;
  attempt: Attempt;
  /** The chunks up to the first that has content, and what came together with it. */
  held: ProviderChunk[];
  rest: AsyncIterator<ProviderChunk[]>;
}

/** Empty chunks beyond these say nothing new and are dropped. */
const maxEmpty = 16;
/** An answer that is all in members that nobody here knows is one too. */
const maxHeld = 1_024;

/**
 * Asks one candidate and resolves at its first chunk with content; whatever comes before is held back, so that nothing
 * of an attempt that fails is seen. Rejects with what the provider throws.
 */
export async function openAttempt(
  { candidate, attempt, signal, spoken }: Turn,
  { request, requestId }: { request: ChatRequest; requestId: string },
): Promise<OpenAttempt> {
  const { provider, model } = candidate;
  const call = { model, signal, requestId, onConnection: attempt.connected };
  let rest = provider.stream(request, call)[Symbol.asyncIterator]();
  const first = await rest.next().catch(async (error: unknown) => {
    if (!refusesStream(error)) throw error;
    spoken();
    rest = once({ chunk: toChunk(await provider.complete(request, call)) });
    return rest.next();
  });
  const held: ProviderChunk[] = [];
  for (let next = first; !next.done; next = await rest.next()) {
    const batch = next.value.splice(0);
    const at = batch.findIndex(({ chunk }) => hasContent(chunk));
    for (const given of at === -1 ? batch : batch.slice(0, at)) {
      if (held.length < maxEmpty || isOdd(given.chunk)) held.push(given);
    }
    if (at === -1 && held.length < maxHeld) continue;
    attempt.firstContent();
    if (at !== -1) held.push(...batch.slice(at));
    return { candidate, attempt, held, rest };
  }
  throw new NovaError({ code: 'stream_truncated', message: 'The provider ended a stream in which nothing was said.' });
}

/** It may say something in a member that nobody here knows. */
function isOdd({ choices }: ChatChunk): boolean {
  return choices.some(({ delta }) => Object.keys(delta).some((name) => name !== 'role' && delta[name]));
}

async function* once(only: ProviderChunk): AsyncGenerator<ProviderChunk[]> {
  yield [only];
}
