import type { ConversationMessage } from '@nova-chat/client/conversation';

/** Says whether more of an answer is to come. */
export function isUnderWay({ status }: ConversationMessage): boolean {
  return status === 'sending' || status === 'streaming';
}
