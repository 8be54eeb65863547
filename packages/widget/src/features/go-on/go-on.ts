import { type ConversationMessage, lastMessage } from '@nova-chat/client/conversation';
import { css, html } from 'lit';
import { featureWords } from '../../i18n/feature-strings.js';
import type { Feature, FeatureHost } from '../feature.js';
import { focusStop } from '../shared/focus-stop.js';
import { lineIcon } from '../shared/line-icon.js';
import { continueAnswer } from './continue-answer.js';

/** Lets a visitor have the rest of an answer that was cut off, that they have stopped, or that became too long. */
export function createFeature(chat: FeatureHost): Feature {
  let cut: ConversationMessage | undefined;

  const goOn = (message: ConversationMessage): void => {
    cut = message;
    if (chat.retry()) focusStop(chat);
    else cut = undefined;
  };

  return {
    styles,
    views: {
      after: (message) => {
        const isLast = lastMessage(chat.conversation.getState())?.id === message.id;
        if (!isLast || message.role === 'user' || message.text.trim() === '' || !isCut(message)) return undefined;
        // The server has asked to wait.
        if (message.error?.retryAfterMs) return undefined;
        return html`<button class="go-on" part="go-on" type="button" @click=${() => goOn(message)}>
          ${lineIcon('M5 12h14M13 6l6 6-6 6')}${featureWords(chat).goOn}
        </button>`;
      },
    },
    transport: (next) => ({
      send(input) {
        const before = cut;
        cut = undefined;
        // A conversation of the page's own asks a transport of its own, and never comes for it.
        const isOther = chat.conversation.getState().live?.replaced?.id !== before?.id;
        return before && !isOther ? continueAnswer(next, input, before) : next.send(input);
      },
    }),
  };
}

const styles = css`
  .go-on {
    display: flex;
    align-items: center;
    gap: 7px;
    min-block-size: 34px;
    margin-block: 8px;
    padding: 4px 13px;
    border: 1px solid var(--_line);
    border-radius: 17px;
    font-size: 14px;
    font-weight: 500;
  }
  .go-on:hover {
    background: var(--_soft);
  }
  .go-on .icon {
    inline-size: 15px;
    block-size: 15px;
  }
  @media (max-width: 480px), (hover: none) {
    .go-on {
      min-block-size: 44px;
      border-radius: 22px;
    }
  }
  :dir(rtl) > .go-on .icon {
    scale: -1 1;
  }
`;

const isCut = ({ status, finishReason }: ConversationMessage): boolean =>
  status === 'aborted' || status === 'truncated' || status === 'failed' || finishReason === 'length';
