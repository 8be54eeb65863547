import type { ConversationMessage } from '@nova-chat/client/conversation';
import { html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import { ScrollController } from '../bindings/scroll-controller.js';
import type { Views } from '../features/feature.js';
import type { NovaStrings } from '../i18n/nova-strings.js';
import type { NovaScrollBehavior } from '../nova-chat/nova-chat-properties.js';
import { icon } from './icons.js';
import { SharedRootElement } from './shared-root-element.js';

/** How many messages are shown at first, and how many more at a time. */
const pageLength = 30;

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
    onStarter: {},
    onRetry: {},
    views: {},
    scrollBehavior: {},
    from: { state: true },
  };

  messages: readonly ConversationMessage[] = [];
  strings!: NovaStrings;
  starters: readonly string[] = [];
  greeting = '';
  onStarter: (text: string) => void = () => {};
  onRetry: () => void = () => {};
  views: Views = () => [];
  scrollBehavior: NovaScrollBehavior = 'follow';
  /** Index of the first message that is shown: a long conversation stays light. */
  private from = 0;

  readonly #scroll: ScrollController = new ScrollController(this, () => this.#limit());

  /** Goes to the end and follows it again. */
  scrollToEnd(): void {
    this.#scroll.pin();
  }

  /** Stays where it is until the reader goes back to the end. */
  stopFollowing(): void {
    this.#scroll.unpin();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const { length } = this.messages;
    // While the reader looks at earlier ones nothing above them goes away; a conversation that is shorter is another one.
    if (
      changed.has('messages') &&
      (length < this.from || (this.#scroll.isPinned && length - this.from > 2 * pageLength))
    ) {
      this.from = Math.max(0, length - pageLength);
    }
  }

  protected override render(): TemplateResult {
    const { strings, messages, from } = this;
    const last = messages.length - 1 - from;
    // A log is a live region by itself; here the announcer speaks, by sentences.
    return html`<div class="log" part="log" role="log" aria-live="off" tabindex="0" aria-label=${strings.conversation}>
        <div class="messages">
          <slot name="greeting">
            <article class="message assistant ${messages.length === 0 ? 'welcome' : ''}" part="message message-assistant greeting" aria-label=${strings.assistantSaid}>
              <div class="bubble" part="bubble" dir="auto">${this.greeting || strings.greeting}</div>
            </article>
          </slot>
          ${messages.length === 0 && this.starters.length > 0 ? this.#starterList() : nothing}
          ${
            from > 0
              ? html`<button class="starter earlier" part="earlier" type="button" @click=${this.#onEarlier}>${strings.showEarlier}</button>`
              : nothing
          }
          ${messages.slice(from).map(
            // Messages come and go at the end only, so the place of one is its key.
            (message, index) => html`<nova-message
              .message=${message}
              .strings=${strings}
              .last=${index === last}
              .onRetry=${this.onRetry}
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

  protected override updated(): void {
    const log = this.#log;
    if (log) this.#scroll.observe(log);
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

  async #onEarlier(): Promise<void> {
    const log = this.#log as HTMLElement;
    this.#scroll.unpin();
    const { scrollHeight, scrollTop } = log;
    this.from = Math.max(0, this.from - pageLength);
    await this.updateComplete;
    for (const message of this.renderRoot.querySelectorAll<NovaTranscript>('nova-message'))
      await message.updateComplete;
    // What the reader has looked at stays where it is.
    const added = log.scrollHeight - scrollHeight;
    log.scrollTop = scrollTop + added;
    this.#scroll.seenPx += added;
    log.focus({ preventScroll: true });
  }

  get #log(): HTMLElement | null {
    return this.renderRoot.querySelector('.log');
  }

  /**
   * A follower sees the end; an anchored reader the last question at the top; another one the question at least. A greeting
   * is read from its beginning.
   */
  #limit(): number {
    const log = this.#log as HTMLElement;
    if (!this.messages[0]) return log.scrollTop;
    // While the end is followed this is asked at every change of size: nothing is searched then.
    const question = this.scrollBehavior !== 'follow' && [...log.querySelectorAll('.user')].at(-1);
    if (!question) return Number.POSITIVE_INFINITY;
    const { top, bottom } = question.getBoundingClientRect();
    const place = log.getBoundingClientRect();
    if (this.scrollBehavior === 'anchor') return log.scrollTop + top - place.top - 12;
    return log.scrollTop + Math.max(0, bottom - place.bottom + 12);
  }

  #onJump(): void {
    this.#scroll.jump();
    // The button may disappear; the keyboard continues from the place it led to.
    this.#log?.focus({ preventScroll: true });
  }
}
