import { branchesOf, type ConversationMessage } from '@nova-chat/client/conversation';
import type { NovaBeforeSendEvent } from '../../events/nova-events.js';
import type { FeatureHost } from '../feature.js';

/** Asks a question in other words, with what went along with it. False when it is not taken: all is as before then. */
export function askInstead(chat: FeatureHost, question: ConversationMessage, text: string): boolean {
  if (chat.disabled || (text === '' && question.attachments.length === 0)) return false;
  const addAttachments = (event: NovaBeforeSendEvent): void => {
    event.attachments.unshift(...question.attachments);
  };
  chat.addEventListener('nova-before-send', addAttachments, { once: true });
  const isAsked = branchesOf(chat.conversation).edit(question.id, () => chat.send(text));
  chat.removeEventListener('nova-before-send', addAttachments);
  return isAsked;
}
