import { type ConversationMessage, lastMessage } from '@nova-chat/client/conversation';
import { html, nothing, type TemplateResult } from 'lit';
import { featureWords, type NovaWords } from '../../i18n/feature-strings.js';
import type { Feature, FeatureHost } from '../feature.js';
import { focusStop } from '../shared/focus-stop.js';
import { hasAction } from '../shared/has-action.js';
import { isUnderWay } from '../shared/is-under-way.js';
import { actionsStyles } from './actions.styles.js';
import { copyAnswer } from './copy-answer.js';
import { copyButton } from './copy-button.js';
import { createFeedback } from './feedback.js';
import { toolButton } from './tool-button.js';

/** Lets a visitor copy an answer, ask for another one, and say what they think of it. */
export function createFeature(chat: FeatureHost): Feature {
  const feedback = createFeedback(chat);
  let { actions } = chat;
  // The pencil under a question follows with it.
  chat.addController({
    hostUpdate() {
      if (actions !== chat.actions) chat.refresh();
      actions = chat.actions;
    },
  });

  function toolbar(message: ConversationMessage, words: NovaWords): TemplateResult | typeof nothing {
    const isLast = lastMessage(chat.conversation.getState())?.id === message.id;
    // Where something went wrong, the notice offers to try again.
    const canRegenerate = isLast && message.status === 'complete' && hasAction(chat, 'regenerate');
    const canCopy = hasAction(chat, 'copy');
    const canRate = hasAction(chat, 'feedback');
    if (!canRegenerate && !canCopy && !canRate) return nothing;
    return html`<div
      class="tools"
      part="actions"
      role="group"
      aria-label=${words.answerActions}
      @keydown=${(event: KeyboardEvent) => feedback.closeOnEscape(event, message.id)}
    >
      ${canCopy ? copyButton(words.copyAnswer, onCopy) : nothing}
      ${canRegenerate ? toolButton({ icon: 'regenerate', label: words.regenerate, onClick: onRegenerate }) : nothing}
      ${canRate ? feedback.thumbs(message.id, words) : nothing}
    </div>`;

    function onCopy(event: Event): void {
      void copyAnswer(event, message.text, () => chat.announce(words.copied));
    }
  }

  function onRegenerate(): void {
    if (chat.retry()) focusStop(chat);
  }

  return {
    styles: actionsStyles,
    views: {
      after(message) {
        const { role, text, id } = message;
        if (role === 'user' || text === '' || isUnderWay(message)) return undefined;
        const words = featureWords(chat);
        return [toolbar(message, words), feedback.form(id, words)];
      },
    },
  };
}
