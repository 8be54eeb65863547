import type { Conversation } from '@nova-chat/client/conversation';

/** Names a conversation that a page has made: by its first message, so that it is the same one at the next load. */
export function toAdoptedId(conversation: Conversation): string | undefined {
  const [first] = conversation.getState().messages;
  return first && `${first.createdAt.toString(36)}-${first.id.replace(/[^\w-]/g, '_').slice(0, 60)}`;
}
