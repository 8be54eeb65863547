import { branchesOf, type ConversationMessage, canStop } from '@nova-chat/client/conversation';
import type { NovaBeforeSendEvent } from '../../events/nova-events.js';
import type { FeatureHost } from '../feature.js';

/** Asks a question in other words, with what went along with it. False when it is not taken: all is as before then. */
export function askInstead(chat: FeatureHost, question: ConversationMessage, text: string): boolean {
  if (chat.disabled || (text === '' && question.attachments.length === 0)) return false;
  const addAttachments = (event: NovaBeforeSendEvent): void => {
    event.attachments.unshift(...question.attachments);
  };
  chat.addEventListener('nova-before-send', addAttachments, { once: true });
  let isTaken = false;
  const isAsked = branchesOf(chat.conversation).edit(question.id, () => {
    isTaken = chat.send(text);
    return isTaken && canStop(chat.conversation.getState());
  });
  // What has to wait for a part of the chat changes nothing until then, and is asked last.
  if (isAsked || !isTaken) chat.removeEventListener('nova-before-send', addAttachments);
  return isTaken;
}
