import { type ConversationState, lastMessage } from '@nova-chat/client/conversation';
import type { Outcome } from '@nova-chat/client/protocol';
import { NovaErrorEvent, NovaResponseEndEvent, NovaResponseStartEvent } from './nova-events.js';

/** Gives the events that tell a page what one change of the conversation means. */
export function toEvents(state: ConversationState, previous: ConversationState): Event[] {
  const before = previous.live?.message;
  if (before?.status === 'sending' && state.live?.message.status === 'streaming') return [new NovaResponseStartEvent()];
  const last = lastMessage(state);
  if (!before || state.live || !last) return [];
  // Another message than the answer: a refused question, or the former answer that came back after a stop.
  const instead = last.error || last.status === 'failed' ? 'failed' : 'aborted';
  const ended = new NovaResponseEndEvent(last.id === before.id ? (last.status as Outcome) : instead, last);
  return last.error ? [ended, new NovaErrorEvent(last.error)] : [ended];
}
