import { type ChatChunk, hasContent } from '@nova-chat/client/protocol';
import type { ChatCall } from './chat-call.js';
import type { Candidate } from './model-catalog.js';

/** A provider's stream that has begun to say something. */
export interface OpenAttempt {
  candidate: Candidate;
  /** The chunks up to and with the first that has content. */
  held: ChatChunk[];
  rest: AsyncIterator<ChatChunk>;
}

/** Empty chunks beyond these say nothing new and are dropped. */
const maxHeld = 16;

/**
 * Asks one candidate and resolves at its first chunk with content; whatever comes before is held back, so that nothing
 * of an attempt that fails is seen. Rejects with what the provider throws.
 */
export async function openAttempt(candidate: Candidate, call: ChatCall): Promise<OpenAttempt> {
  const { provider, model } = candidate;
  const chunks = provider.stream(call.request, { model, signal: call.signal, requestId: call.requestId });
  const rest = chunks[Symbol.asyncIterator]();
  const held: ChatChunk[] = [];
  for (let next = await rest.next(); !next.done; next = await rest.next()) {
    const content = hasContent(next.value);
    if (content || held.length < maxHeld) held.push(next.value);
    if (content) return { candidate, held, rest };
  }
  throw new TypeError(`The provider ${provider.name} ended a stream in which nothing was said.`);
}
