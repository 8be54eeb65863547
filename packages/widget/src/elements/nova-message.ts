import type { ConversationMessage } from '@nova-chat/client/conversation';
import { html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import { Countdown } from '../bindings/countdown.js';
import type { Views } from '../features/feature.js';
import { fill } from '../i18n/fill.js';
import type { NovaStrings } from '../i18n/nova-strings.js';
import { toRelativeTime } from '../i18n/to-relative-time.js';
import { MarkdownRenderer } from '../markdown/render-markdown.js';
import { withoutOpenMark } from '../markdown/without-open-mark.js';
import { icon } from './icons.js';
import { SharedRootElement } from './shared-root-element.js';
import { sources } from './sources.js';
import { toNotice } from './to-notice.js';

/**
 * Shows one message. It renders only when its message has changed, whatever happens to the others.
 *
 * @internal
 */
export class NovaMessage extends SharedRootElement {
  static override properties: PropertyDeclarations = {
    message: {},
    strings: {},
    locale: {},
    last: {},
    onRetry: {},
    announce: {},
    views: {},
  };

  message!: ConversationMessage;
  strings!: NovaStrings;
  locale = '';
  /** Whether it is the last one: only the last exchange can be asked again. */
  last = false;
  onRetry: () => void = () => {};
  announce: (text: string) => void = () => {};
  views: Views = () => [];

  #markdown: MarkdownRenderer | undefined;
  readonly #countdown: Countdown = new Countdown(this);

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('message')) return;
    const { role, text, status, error } = this.message;
    if (role === 'assistant') {
      this.#markdown ??= new MarkdownRenderer(this.strings);
      // What broke off in mid-answer may end in the mark of an item that never came.
      const isBroken = status !== 'streaming' && status !== 'complete';
      this.#markdown.update(isBroken ? withoutOpenMark(text) : text, { open: status === 'streaming' });
    }
    if (error === changed.get('message')?.error) return;
    if (error?.retryAfterMs) {
      this.#countdown.start(error.retryAfterMs, () => this.announce(this.strings.canRetryNow));
    } else this.#countdown.stop();
  }

  protected override render(): TemplateResult {
    const { strings, message, views } = this;
    const { role, status, providerSwitch, citations } = message;
    const isUser = role === 'user';
    return html`<article
      class="message ${isUser ? 'user' : 'assistant'} ${status}"
      part="message message-${role}"
      aria-label=${isUser ? strings.userSaid : strings.assistantSaid}
    >
      ${views('before', message)}
      ${views('text', message).find(Boolean) ?? (isUser ? this.#question() : this.#answer())}
      ${providerSwitch ? html`<p class="quiet" part="switched">${strings.switched}</p>` : nothing}
      ${sources(citations, strings)} ${this.#notice()} ${views('after', message)}
    </article>`;
  }

  #question(): TemplateResult {
    return html`<div class="bubble" part="bubble" dir="auto">${this.message.text}</div>`;
  }

  #answer(): TemplateResult {
    const { text, status } = this.message;
    const isLive = status === 'streaming' || status === 'sending';
    if (text === '')
      return isLive ? html`<div class="thinking" aria-hidden="true"><i></i><i></i><i></i></div>` : html``;
    return html`<div class="bubble markdown ${isLive ? 'live' : ''}" part="bubble" dir="auto">${this.#markdown?.render()}</div>`;
  }

  #notice(): TemplateResult | typeof nothing {
    const notice = toNotice(this.message);
    if (!notice) return nothing;
    const { strings } = this;
    const text = strings[notice.key];
    return html`<div class="notice ${notice.isError ? 'bad' : ''}" part="notice" id=${this.last ? 'nova-notice' : nothing}>
      <p>${this.message.role === 'user' ? `${strings.notSent} ${text}` : text}</p>
      ${this.last && notice.canRetry ? this.#retry() : nothing}
    </div>`;
  }

  #retry(): TemplateResult {
    const { leftMs } = this.#countdown;
    const { strings } = this;
    // Not `disabled`: the button would lose the focus, and with it the reader's place.
    return html`<button class="retry" part="retry" type="button" aria-disabled=${leftMs > 0} @click=${this.#onRetryClick}>
      ${icon('retry')}${leftMs > 0 ? fill(strings.retryWhen, { when: toRelativeTime(leftMs, this.locale) }) : strings.retry}
    </button>`;
  }

  #onRetryClick(): void {
    if (this.#countdown.leftMs === 0) this.onRetry();
  }
}
