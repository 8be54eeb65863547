import { type ConversationMessage, lastMessage } from '@nova-chat/client/conversation';
import { html, type TemplateResult } from 'lit';
import { featureWords } from '../../i18n/feature-strings.js';
import type { FeatureHost } from '../feature.js';
import { draftMoves } from '../shared/draft-moves.js';
import { lineIcon } from '../shared/line-icon.js';
import { newConversation } from './history-commands.js';
import { historyIcons } from './history-icons.js';

/** Offers a new conversation to a question that was too much for this one. The question stays here, and goes along. */
export function tooLong(chat: FeatureHost, message: ConversationMessage): TemplateResult | undefined {
  const state = chat.conversation.getState();
  const isRefused = message.error?.code === 'request_too_large' && lastMessage(state)?.id === message.id;
  // Alone, it would be too much for a new one too.
  if (!isRefused || state.messages.length < 2) return undefined;
  const onClick = (): void => {
    const { draft } = chat;
    chat.dispatchEvent(new Event(draftMoves));
    newConversation(chat);
    void chat.updateComplete.then(() => {
      chat.draft = draft;
      chat.focusInput();
    });
  };
  return html`<div class="choices">
    <button class="new-conversation" part="new-conversation" type="button" @click=${onClick}>
      ${lineIcon(historyIcons.add)}${featureWords(chat).newConversation}
    </button>
  </div>`;
}
