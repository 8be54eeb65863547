import type { ConversationMessage } from './conversation-message.js';

const maxLength = 60;

/** Names a conversation by its first question; '' when there is none. */
export function toTitle(messages: readonly ConversationMessage[]): string {
  const question = messages.find(({ role }) => role === 'user');
  const text = (question?.text || question?.attachments[0]?.name || '').replace(/\s+/g, ' ').trim();
  // By code points: half of an emoji is not a character.
  const characters = [...text.slice(0, 4 * maxLength)];
  if (characters.length <= maxLength) return text;
  return `${characters
    .slice(0, maxLength)
    .join('')
    .replace(/(?<=.{20})\s\S*$/, '')}…`;
}
