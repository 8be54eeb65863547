import type { ConversationMessage, ConversationState, StoredAnswer } from '@nova-chat/client/conversation';
import type { Outcome } from '@nova-chat/client/protocol';
import type { EndEvent } from './tab-channel.js';
import { toPlain } from './thread.js';

/** Tells from the state after the end of an answer what came of it, and which event ended it. */
export function toEnd(
  { messages }: ConversationState,
  live: ConversationMessage,
): { answer: StoredAnswer; end: EndEvent } {
  const last = toPlain(messages.at(-1) ?? live);
  if (last.id === live.id) {
    return { answer: { message: last, place: undefined }, end: toEndEvent(last.status as Outcome, last) };
  }
  // A question was refused, or a former answer came back.
  const outcome = last.error ? 'failed' : 'aborted';
  return { answer: { message: toPlain(live), place: undefined }, end: toEndEvent(outcome, { error: last.error }) };
}

/** Gives the event that ends an answer as it has ended. */
export function toEndEvent(
  outcome: Outcome,
  { finishReason, error }: Partial<Pick<ConversationMessage, 'finishReason' | 'error'>>,
): EndEvent {
  const failure = error ?? { code: 'stream_error', message: '', retryable: true };
  if (outcome === 'failed') return { type: 'end', outcome, finishReason, error: failure };
  if (outcome === 'truncated') return { type: 'end', outcome, finishReason, error };
  return { type: 'end', outcome, finishReason };
}
