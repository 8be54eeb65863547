import { type ChatChunk, type ChatRequest, hasContent, toChunk } from '@nova-chat/client/protocol';
import { NovaError, refusesStream } from '@nova-chat/client/stream';
import type { ProviderChunk } from '../providers/provider.js';
import type { Attempt } from '../routing/index.js';
import type { Candidate } from './model-catalog.js';
import type { CandidateCall } from './try-candidates.js';

/** A provider's stream whose first content has come. */
export interface OpenAttempt {
  candidate: Candidate;
  attempt: Attempt;
  /** The chunks up to the first that has content, and what came together with it. */
  held: ProviderChunk[];
  rest: AsyncIterator<ProviderChunk[]>;
}

/** Further empty chunks add nothing and are dropped. */
const maxEmpty = 16;
/** So many chunks are an answer, even when its content is in members that we do not know. */
const maxHeld = 1_024;

/**
 * Asks one candidate and resolves at its first chunk with content; whatever comes before is held back, so that the
 * caller sees nothing of an attempt that fails. Rejects with what the provider throws.
 */
export async function openAttempt(
  { candidate, attempt, signal, markStarted }: CandidateCall,
  { request, requestId }: { request: ChatRequest; requestId: string },
): Promise<OpenAttempt> {
  const { provider, model } = candidate;
  const call = { model, signal, requestId, onConnection: attempt.connected };
  let rest = provider.stream(request, call)[Symbol.asyncIterator]();
  const first = await rest.next().catch(async (error: unknown) => {
    if (!refusesStream(error)) throw error;
    markStarted();
    rest = once({ chunk: toChunk(await provider.complete(request, call)) });
    return rest.next();
  });
  const held: ProviderChunk[] = [];
  for (let next = first; !next.done; next = await rest.next()) {
    const batch = next.value.splice(0);
    const at = batch.findIndex(({ chunk }) => hasContent(chunk));
    for (const given of at === -1 ? batch : batch.slice(0, at)) {
      if (held.length < maxEmpty || hasUnknownMember(given.chunk)) held.push(given);
    }
    if (at === -1 && held.length < maxHeld) continue;
    attempt.firstContent();
    if (at !== -1) held.push(...batch.slice(at));
    return { candidate, attempt, held, rest };
  }
  throw new NovaError({ code: 'stream_truncated', message: 'The provider ended a stream in which nothing was said.' });
}

/** A member that we do not know may be content. */
function hasUnknownMember({ choices }: ChatChunk): boolean {
  return choices.some(({ delta }) => Object.keys(delta).some((name) => name !== 'role' && delta[name]));
}

async function* once(only: ProviderChunk): AsyncGenerator<ProviderChunk[]> {
  yield [only];
}
