import { type ConversationMessage, lastMessage } from '@nova-chat/client/conversation';
import { css, html } from 'lit';
import { featureWords } from '../../i18n/feature-strings.js';
import type { Feature, FeatureHost } from '../feature.js';
import { focusStop } from '../shared/focus-stop.js';

const maxCount = 3;

/** Offers follow-up questions under the last answer: the server's, or the page's. */
export function createFeature(chat: FeatureHost): Feature {
  /** What the page has said, by the id of the answer. */
  const given = new Map<string, readonly string[]>();

  async function ask(answer: ConversationMessage): Promise<void> {
    given.set(answer.id, []);
    try {
      given.set(answer.id, (await chat.suggestions?.(answer)) ?? []);
    } catch (error) {
      reportError(error);
    }
    chat.refresh();
  }

  function suggestionsOf(answer: ConversationMessage): string[] {
    const own = toQuestions(answer.suggestions);
    if (own.length > 0) return own;
    if (chat.suggestions && !given.has(answer.id)) void ask(answer);
    return toQuestions(given.get(answer.id));
  }

  function onClick(text: string): void {
    if (chat.send(text)) focusStop(chat);
  }

  return {
    styles: css`
      ul.next {
        margin-block-start: 18px;
      }
      .next .starter {
        font-size: 14px;
      }
      @media (max-width: 480px), (hover: none) {
        .next .starter {
          min-block-size: 44px;
          border-radius: 22px;
        }
      }
    `,
    views: {
      after(message) {
        const { role, status, id } = message;
        if (role === 'user' || status !== 'complete' || chat.disabled) return undefined;
        if (lastMessage(chat.conversation.getState())?.id !== id) return undefined;
        const questions = suggestionsOf(message);
        if (questions.length === 0) return undefined;
        return html`<ul class="starters next" part="suggestions" aria-label=${featureWords(chat).suggestions}>
          ${questions.map(
            (text) => html`<li>
              <button class="starter" part="suggestion" type="button" dir="auto" @click=${() => onClick(text)}>${text}</button>
            </li>`,
          )}
        </ul>`;
      },
    },
  };
}

/** Takes the first few that are questions at all: neither a server nor a page is held to the type. */
function toQuestions(given: unknown): string[] {
  const list: unknown[] = Array.isArray(given) ? given : [];
  const texts = list.map((item) => (typeof item === 'string' ? item.trim() : '')).filter(Boolean);
  return [...new Set(texts)].slice(0, maxCount);
}
