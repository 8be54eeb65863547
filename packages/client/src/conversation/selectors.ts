import type { ConversationMessage } from './conversation-message.js';
import type { ConversationState } from './conversation-state.js';

/** Gives all messages, the answer under way last. */
export function allMessages({ messages, live }: ConversationState): readonly ConversationMessage[] {
  return live ? [...messages, live.message] : messages;
}

/** Gives the newest message, the answer under way included. */
export function lastMessage({ messages, live }: ConversationState): ConversationMessage | undefined {
  return live?.message ?? messages.at(-1);
}

/** Tells whether a question would be accepted now: one at a time. */
export function canSend({ live }: ConversationState): boolean {
  return live === undefined;
}

/** Says whether an answer is under way. */
export function canStop({ live }: ConversationState): boolean {
  return live !== undefined;
}

/** Says whether the last question has an answer that could be asked for again. */
export function canRegenerate(state: ConversationState): boolean {
  return canSend(state) && state.messages.at(-1)?.role === 'assistant';
}

/** Says whether the last exchange went wrong, was stopped, or was left without an answer by the page that asked. */
export function canRetry(state: ConversationState): boolean {
  const last = state.messages.at(-1);
  return canSend(state) && last !== undefined && !(canRegenerate(state) && last.status === 'complete' && !last.error);
}

/** Tells whether an answer is under way whose first word has not arrived. */
export function isWaiting({ live }: ConversationState): boolean {
  return live !== undefined && live.message.text === '';
}
