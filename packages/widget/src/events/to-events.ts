import { type ConversationState, lastMessage } from '@nova-chat/client/conversation';
import type { Outcome } from '@nova-chat/client/protocol';
import { NovaErrorEvent, NovaResponseEndEvent, NovaResponseStartEvent } from './nova-events.js';

/** Gives the events that tell a page what one change of the conversation means. */
export function toEvents(state: ConversationState, previous: ConversationState): Event[] {
  const before = previous.live?.message;
  if (before?.status === 'sending' && state.live?.message.status === 'streaming') return [new NovaResponseStartEvent()];
  const last = lastMessage(state);
  if (!before || state.live || !last) return [];
  const replacement = last.error ? 'failed' : 'aborted';
  const ended = new NovaResponseEndEvent(last.id === before.id ? (last.status as Outcome) : replacement, last);
  return last.error ? [ended, new NovaErrorEvent(last.error)] : [ended];
}
