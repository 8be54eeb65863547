import { type ConversationMessage, lastMessage } from '@nova-chat/client/conversation';
import { html } from 'lit';
import { featureWords } from '../../i18n/feature-strings.js';
import type { Feature, FeatureHost } from '../feature.js';
import { lineIcon } from '../line-icon.js';
import { continueAnswer } from './continue-answer.js';

/** Lets a visitor have the rest of an answer that was cut off, that they have stopped, or that became too long. */
export function createFeature(chat: FeatureHost): Feature {
  let said = '';

  const goOn = ({ text }: ConversationMessage): void => {
    said = text;
    // What is asked now is asked at once.
    const isTaken = chat.retry();
    said = '';
    // The button goes away; the one that stops the answer takes its place.
    if (isTaken) chat.renderRoot.querySelector<HTMLElement>('.send')?.focus({ preventScroll: true });
  };

  return {
    views: {
      after: (message) => {
        const isLast = lastMessage(chat.conversation.getState())?.id === message.id;
        if (!isLast || message.role === 'user' || message.text.trim() === '' || !isCut(message)) return undefined;
        return html`<p><button class="retry" part="go-on" type="button" @click=${() => goOn(message)}>
          ${lineIcon('M5 12h14M13 6l6 6-6 6')}${featureWords(chat).goOn}
        </button></p>`;
      },
    },
    transport: (next) => ({ send: (input) => (said ? continueAnswer(next, input, said) : next.send(input)) }),
  };
}

const isCut = ({ status, finishReason }: ConversationMessage): boolean =>
  status === 'aborted' || status === 'truncated' || status === 'failed' || finishReason === 'length';
