import type { ConversationMessage } from '@nova-chat/client/conversation';
import { html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import { ScrollController } from '../bindings/scroll-controller.js';
import type { Views } from '../features/feature.js';
import type { NovaStrings } from '../i18n/nova-strings.js';
import { icon } from './icons.js';
import { SharedRootElement } from './shared-root-element.js';

/**
 * Shows the greeting, the starters and all messages, and follows their end while the reader is there.
 *
 * @internal
 */
export class NovaTranscript extends SharedRootElement {
  static override properties: PropertyDeclarations = {
    messages: {},
    strings: {},
    starters: {},
    greeting: {},
    locale: {},
    onStarter: {},
    onRetry: {},
    announce: {},
    views: {},
  };

  messages: readonly ConversationMessage[] = [];
  strings!: NovaStrings;
  starters: readonly string[] = [];
  greeting = '';
  locale = '';
  onStarter: (text: string) => void = () => {};
  onRetry: () => void = () => {};
  announce: (text: string) => void = () => {};
  views: Views = () => [];

  readonly #scroll: ScrollController = new ScrollController(this);

  /** Goes to the end and follows it again. */
  scrollToEnd(): void {
    this.#scroll.pin();
  }

  protected override render(): TemplateResult {
    const { strings, messages } = this;
    const last = messages.length - 1;
    // A log is a live region by itself; here the announcer speaks, by sentences.
    return html`<div class="log" part="log" role="log" aria-live="off" tabindex="0" aria-label=${strings.conversation}>
        <div class="messages">
          <slot name="greeting">
            <article class="message assistant ${messages.length === 0 ? 'welcome' : ''}" part="message message-assistant greeting" aria-label=${strings.assistantSaid}>
              <div class="bubble" part="bubble" dir="auto">${this.greeting || strings.greeting}</div>
            </article>
          </slot>
          ${messages.length === 0 && this.starters.length > 0 ? this.#starterList() : nothing}
          ${messages.map(
            // Messages come and go at the end only, so the place of one is its key.
            (message, index) => html`<nova-message
              .message=${message}
              .strings=${strings}
              .locale=${this.locale}
              .last=${index === last}
              .onRetry=${this.onRetry}
              .announce=${this.announce}
              .views=${this.views}
            ></nova-message>`,
          )}
        </div>
      </div>
      ${
        this.#scroll.isPinned
          ? nothing
          : html`<button class="round jump" part="scroll-button" type="button" aria-label=${strings.jumpToLatest} @click=${this.#onJump}>
              ${icon('down')}
            </button>`
      }`;
  }

  protected override updated(_changed: PropertyValues<this>): void {
    const log = this.renderRoot.querySelector<HTMLElement>('.log');
    const content = log?.firstElementChild;
    if (log && content instanceof HTMLElement) this.#scroll.observe(log, content);
  }

  #starterList(): TemplateResult {
    return html`<ul class="starters" aria-label=${this.strings.starters}>
      ${this.starters.map(
        (text) => html`<li>
          <button class="starter" part="starter" type="button" dir="auto" @click=${() => this.onStarter(text)}>${text}</button>
        </li>`,
      )}
    </ul>`;
  }

  #onJump(): void {
    this.scrollToEnd();
    // The button goes away; the keyboard goes on from the place it led to.
    this.renderRoot.querySelector<HTMLElement>('.log')?.focus({ preventScroll: true });
  }
}
