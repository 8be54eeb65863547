import type { ConversationMessage } from '@nova-chat/client/conversation';
import { html, nothing, type TemplateResult } from 'lit';
import { featureWords } from '../../i18n/feature-strings.js';
import { fill } from '../../i18n/fill.js';
import type { Feature, FeatureHost } from '../feature.js';
import { isUnderWay } from '../shared/is-under-way.js';
import { lineIcon } from '../shared/line-icon.js';
import { createShowOnce } from '../shared/show-once.js';
import { updateMessage } from '../shared/update-message.js';
import { reasoningStyles } from './reasoning.styles.js';
import { toDuration } from './to-duration.js';

/** When the model began to think, and when it began to speak, as `performance.now()`. */
interface Thought {
  from: number;
  until?: number;
}

/** Shows what the model thought aloud, folded away: closed it costs one line, whatever its length. */
export function createFeature(chat: FeatureHost): Feature {
  const thoughts = new Map<string, Thought>();
  const opened = new Set<string>();

  /** Takes the time of the answer under way; how long a stored one took is not known. */
  function measure(): void {
    const live = chat.conversation.getState().live?.message;
    if (!live?.reasoning) return;
    const thought = thoughts.get(live.id) ?? { from: performance.now() };
    thoughts.set(live.id, thought);
    if (live.text) thought.until ??= performance.now();
  }

  function label(message: ConversationMessage): string {
    const words = featureWords(chat);
    const thought = thoughts.get(message.id);
    if (message.text === '' && isUnderWay(message)) return words.thinking;
    if (!thought?.until) return words.thoughts;
    return fill(words.thoughtFor, { time: toDuration(thought.until - thought.from, chat.language) });
  }

  function toggle(event: Event, id: string): void {
    if (!opened.delete(id)) opened.add(id);
    void updateMessage(event);
  }

  function disclosure(message: ConversationMessage): TemplateResult {
    const { id, reasoning, text, status } = message;
    const isOpen = opened.has(id);
    const isThinking = text === '' && status === 'streaming';
    return html`<div class="reasoning" part="reasoning">
      <button
        class="thought ${isThinking ? 'thinks' : ''}"
        part="thoughts"
        type="button"
        aria-expanded=${isOpen}
        aria-controls="nova-reasoning-${id}"
        @click=${(event: Event) => toggle(event, id)}
      >
        ${lineIcon('M9 6l6 6-6 6')}<span>${label(message)}</span>
      </button>
      <div class="thoughts" id="nova-reasoning-${id}" dir="auto" ?hidden=${!isOpen}>
        ${isOpen ? reasoning.split(/\n{2,}/).map((paragraph) => html`<p>${paragraph}</p>`) : nothing}
      </div>
    </div>`;
  }

  const showOwn = createShowOnce(chat, 'reasoning');
  measure();
  return {
    styles: reasoningStyles,
    views: {
      before: (message) =>
        message.reasoning && message.role === 'assistant'
          ? (showOwn(message.reasoning, message) ?? disclosure(message))
          : undefined,
    },
    onChange: measure,
  };
}
