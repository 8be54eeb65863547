import type { ConversationMessage } from '@nova-chat/client/conversation';
import { html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import type { Views } from '../features/feature.js';
import type { NovaStrings } from '../i18n/nova-strings.js';
import { MarkdownRenderer } from '../markdown/render-markdown.js';
import { withoutOpenMark } from '../markdown/without-open-mark.js';
import { icon } from './icons.js';
import { SharedRootElement } from './shared-root-element.js';
import { toNotice } from './to-notice.js';

/** So many characters more are shown in a frame: a page that gets a long answer at once is not held up. */
const maxStep = 8192;
/** No model writes so much within a frame: what does has come from a store. */
const longPiece = 1024;

/**
 * Shows one message. It renders only when its message has changed, whatever happens to the others.
 *
 * @internal
 */
export class NovaMessage extends SharedRootElement {
  static override properties: PropertyDeclarations = {
    message: {},
    strings: {},
    last: {},
    onRetry: {},
    views: {},
  };

  message!: ConversationMessage;
  strings!: NovaStrings;
  /** Whether it is the last one: only the last exchange can be asked again. */
  last = false;
  onRetry: () => void = () => {};
  views: Views = () => [];

  #markdown: MarkdownRenderer | undefined;
  /** As much of the message as is shown. */
  #shown!: ConversationMessage;
  #shownLength = 0;

  protected override willUpdate(changed: PropertyValues<this>): void {
    const { message } = this;
    const { role, text, status } = message;
    if (!changed.has('message')) return;
    this.#shown = message;
    if (role === 'user') return;
    const from = this.#shownLength;
    const reach = from + maxStep;
    // More of a long piece is on its way, or waits: shown up to the end of a block there is nothing to guess.
    const isBehind = text.length - from > (status === 'streaming' ? longPiece : maxStep);
    const blockEnd = text.lastIndexOf('\n\n', reach) + 2;
    this.#shownLength = isBehind && blockEnd > from ? blockEnd : Math.min(text.length, reach);
    if (!isBehind) return;
    this.#shown = { ...message, text: text.slice(0, this.#shownLength), status: 'streaming' };
    requestAnimationFrame(() => this.requestUpdate('message'));
  }

  protected override render(): TemplateResult {
    const { strings, message, views } = this;
    const { role, status, providerSwitch } = message;
    const isUser = role === 'user';
    return html`<article
      class="message ${isUser ? 'user' : 'assistant'} ${status}"
      part="message message-${role}"
      aria-label=${isUser ? strings.userSaid : strings.assistantSaid}
    >
      ${views('before', message)}
      ${views('text', this.#shown).find(Boolean) ?? (isUser ? this.#question() : this.#answer())}
      ${providerSwitch ? html`<p class="quiet" part="switched">${strings.switched}</p>` : nothing}
      ${this.#notice()} ${views('after', message)}
    </article>`;
  }

  #question(): TemplateResult {
    return html`<div class="bubble" part="bubble" dir="auto">${this.message.text}</div>`;
  }

  #answer(): unknown {
    const { text, status, finishReason } = this.#shown;
    const isOpen = status === 'streaming' || status === 'sending';
    if (text !== '') {
      this.#markdown ??= new MarkdownRenderer(this.strings);
      // What broke off in mid-answer may end in the mark of an item that never came.
      this.#markdown.update(
        isOpen || (status === 'complete' && finishReason !== 'length') ? text : withoutOpenMark(text),
        isOpen,
      );
      return this.#markdown.render();
    }
    return isOpen ? html`<div class="thinking" aria-hidden="true"><i></i><i></i><i></i></div>` : nothing;
  }

  #notice(): TemplateResult | typeof nothing {
    const { strings, message } = this;
    const notice = toNotice(message);
    if (!notice) return nothing;
    const text = strings[notice.key];
    return html`<div class="notice ${notice.isError ? 'bad' : ''}" part="notice">
      <bdi id=${this.last ? 'nova-notice' : nothing}>${message.role === 'user' && notice.key !== 'filtered' ? `${strings.notSent} ${text}` : text}</bdi>
      ${this.last && notice.canRetry ? this.#retry() : nothing}
    </div>`;
  }

  #retry(): TemplateResult {
    const wait = this.views('retry').find(Boolean);
    // Not `disabled`: the button would lose the focus, and with it the reader's place.
    return html`<button
      class="retry"
      part="retry"
      type="button"
      aria-disabled=${Boolean(wait)}
      @click=${wait ? nothing : this.onRetry}
    >
      ${icon('retry')}${wait ?? this.strings.retry}
    </button>`;
  }
}
