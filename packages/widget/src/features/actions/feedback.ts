import { html, nothing, type TemplateResult } from 'lit';
import { type FeedbackValue, NovaFeedbackEvent } from '../../events/feedback-events.js';
import type { NovaWords } from '../../i18n/feature-strings.js';
import type { FeatureHost } from '../feature.js';
import { updateMessage } from '../shared/update-message.js';
import { toolButton } from './tool-button.js';

/** What the visitor has said about one answer. Lives as long as the page. */
interface Opinion {
  value: FeedbackValue;
  /** Whether they are asked for a reason, have given one, or neither. */
  reason: 'none' | 'asked' | 'given';
}

/** The thumbs under an answer, and the form that asks for a reason. */
export interface Feedback {
  thumbs(id: string, words: NovaWords): unknown;
  form(id: string, words: NovaWords): TemplateResult | typeof nothing;
  /** Escape closes the form, from the thumbs too. */
  closeOnEscape(event: KeyboardEvent, id: string): void;
}

/** Keeps what a visitor thinks of each answer, and tells the page. */
export function createFeedback(chat: FeatureHost): Feedback {
  const opinions = new Map<string, Opinion>();
  const opinionOf = (id: string): Opinion => opinions.get(id) ?? { value: 'none', reason: 'none' };

  async function change(event: Event, id: string, opinion: Opinion): Promise<HTMLElement | undefined> {
    opinions.set(id, opinion);
    return updateMessage(event);
  }

  function rate(event: Event, id: string, value: FeedbackValue): void {
    const opinion: Opinion =
      opinionOf(id).value === value ? { value: 'none', reason: 'none' } : { value, reason: 'asked' };
    void change(event, id, opinion);
    chat.dispatchEvent(new NovaFeedbackEvent(id, opinion.value, ''));
  }

  /** The form goes away; the focus goes back to the thumb that had opened it. */
  async function close(event: Event, id: string, reason: 'none' | 'given'): Promise<void> {
    const message = await change(event, id, { ...opinionOf(id), reason });
    message?.querySelector<HTMLElement>('.tool[aria-pressed=true]')?.focus({ preventScroll: true });
  }

  function closeOnEscape(event: KeyboardEvent, id: string): void {
    if (event.key !== 'Escape' || event.isComposing || opinionOf(id).reason !== 'asked') return;
    event.preventDefault();
    event.stopPropagation();
    void close(event, id, 'none');
  }

  function send(event: SubmitEvent, id: string, words: NovaWords): void {
    event.preventDefault();
    const reason = (event.currentTarget as HTMLFormElement).querySelector('input')?.value.trim() ?? '';
    void close(event, id, reason ? 'given' : 'none');
    if (!reason) return;
    chat.dispatchEvent(new NovaFeedbackEvent(id, opinionOf(id).value, reason));
    chat.announce(words.thanks);
  }

  return {
    thumbs(id, words) {
      const { value, reason } = opinionOf(id);
      const thumb = (own: 'up' | 'down', label: string): TemplateResult =>
        toolButton({
          icon: own,
          label,
          pressed: value === own,
          expands: { isOpen: value === own && reason === 'asked', id: toFormId(id) },
          onClick: (event) => rate(event, id, own),
        });
      return [
        thumb('up', words.goodAnswer),
        thumb('down', words.badAnswer),
        reason === 'given' ? html`<span class="thanks">${words.thanks}</span>` : nothing,
      ];
    },
    form(id, words) {
      const { value, reason } = opinionOf(id);
      if (reason !== 'asked') return nothing;
      const onKeydown = (event: KeyboardEvent): void => closeOnEscape(event, id);
      return html`<form
        class="feedback"
        part="feedback"
        id=${toFormId(id)}
        @submit=${(event: SubmitEvent) => send(event, id, words)}
        @keydown=${onKeydown}
      >
        <label for="${toFormId(id)}-reason">${value === 'up' ? words.whyGood : words.whyBad}</label>
        <input id="${toFormId(id)}-reason" part="field" type="text" maxlength="1000" autocomplete="off" enterkeyhint="send" dir="auto" />
        <div class="choices">
          <button class="quiet-button" part="choice" type="button" @click=${(event: Event) => void close(event, id, 'none')}>${words.cancel}</button>
          <button class="strong-button" part="choice choice-main" type="submit">${words.sendFeedback}</button>
        </div>
      </form>`;
    },
    closeOnEscape,
  };
}

const toFormId = (id: string): string => `nova-feedback-${id}`;
