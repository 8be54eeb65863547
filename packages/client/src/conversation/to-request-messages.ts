import type { ChatMessage } from '../protocol/index.js';
import type { ConversationMessage } from './conversation-message.js';

/**
 * Gives the history as it is sent: without questions that never arrived and answers without a word, with the part of
 * a broken-off answer that the reader has seen.
 */
export function toRequestMessages(messages: readonly ConversationMessage[]): ChatMessage[] {
  return messages
    .filter(({ role, status, text }) => text !== '' && !(role === 'user' && status === 'failed'))
    .map(({ role, text }) => ({ role, content: text }));
}
