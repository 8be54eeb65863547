import type { ClientOptions } from '@nova-chat/client';
import {
  allMessages,
  type ChatTransport,
  type Conversation,
  type ConversationListener,
  type ConversationMessage,
  canStop,
  createConversation,
  lastMessage,
} from '@nova-chat/client/conversation';
import {
  type CSSResultGroup,
  html,
  LitElement,
  nothing,
  type PropertyDeclarations,
  type PropertyValues,
  type TemplateResult,
} from 'lit';
import { createClientTransport } from '../adapters/client-transport.js';
import { Announcer } from '../bindings/announcer.js';
import { keepFocusInside } from '../bindings/keep-focus-inside.js';
import { MediaQuery } from '../bindings/media-query.js';
import { StoreController } from '../bindings/store-controller.js';
import { launcher } from '../elements/launcher.js';
import type { NovaComposer } from '../elements/nova-composer.js';
import type { NovaTranscript } from '../elements/nova-transcript.js';
import { panelHeader } from '../elements/panel-header.js';
import { toNotice } from '../elements/to-notice.js';
import { toSpokenNotice } from '../elements/to-spoken-notice.js';
import {
  NovaBeforeSendEvent,
  NovaHideEvent,
  NovaReadyEvent,
  NovaSendEvent,
  NovaShowEvent,
} from '../events/nova-events.js';
import { toEvents } from '../events/to-events.js';
import { english } from '../i18n/english.js';
import { fill } from '../i18n/fill.js';
import type { NovaStrings } from '../i18n/nova-strings.js';
import { markdownStyles } from '../markdown/markdown.styles.js';
import { composerStyles } from '../styles/composer.styles.js';
import { messageStyles } from '../styles/message.styles.js';
import { panelStyles } from '../styles/panel.styles.js';
import { themeStyles } from '../styles/theme.styles.js';

/** Where the panel stands: in a corner of the page behind a launcher, or in its place in the text. */
export type NovaMode = 'bubble' | 'inline';

/** `auto` follows the visitor's system. */
export type NovaTheme = 'auto' | 'light' | 'dark';

/**
 * A chat with an assistant. The one place where views, conversation and client meet.
 *
 * @tag nova-chat
 * @summary A chat as a bubble in the corner of a page or as an inline panel.
 *
 * @fires {NovaReadyEvent} nova-ready - The element has rendered for the first time.
 * @fires {NovaShowEvent} nova-show - The panel has been opened.
 * @fires {NovaHideEvent} nova-hide - The panel has been closed.
 * @fires {NovaBeforeSendEvent} nova-before-send - A question is about to be sent; cancellable, its `text` can be changed.
 * @fires {NovaSendEvent} nova-send - A question has been sent.
 * @fires {NovaResponseStartEvent} nova-response-start - The server has begun to answer.
 * @fires {NovaResponseEndEvent} nova-response-end - An answer has ended; `outcome` says how.
 * @fires {NovaErrorEvent} nova-error - Something went wrong on the way to an answer.
 *
 * @slot header-actions - Controls beside the close button.
 * @slot greeting - Takes the place of the greeting.
 * @slot footer - Below the input, such as a link to a privacy notice.
 *
 * @csspart launcher - The round button of the bubble.
 * @csspart panel - The panel.
 * @csspart header - Its head.
 * @csspart title - The title in it.
 * @csspart close - The close button in it.
 * @csspart log - The scroller with all messages.
 * @csspart message - A message; also `message-user` or `message-assistant`, and `greeting`.
 * @csspart bubble - The text of a message.
 * @csspart citations - The sources of an answer; each is a `citation`.
 * @csspart citation - A source.
 * @csspart switched - The line that tells of a change of provider.
 * @csspart notice - How a message ended, when not well.
 * @csspart retry - The button in it.
 * @csspart starter - A suggested question.
 * @csspart scroll-button - Jumps to the latest message.
 * @csspart composer - The frame around input and button.
 * @csspart input - The input.
 * @csspart send - The button that sends and stops.
 *
 * @cssproperty [--nova-accent=#2f5bea] - The one colour that everything else follows.
 * @cssproperty [--nova-on-accent] - Text on the accent. Default: black or white, whichever has the better contrast.
 * @cssproperty [--nova-surface] - Background of the panel.
 * @cssproperty [--nova-on-surface] - Text on it.
 * @cssproperty [--nova-radius=18px] - Corners of the panel.
 * @cssproperty [--nova-font=system-ui] - Font family.
 * @cssproperty [--nova-width=400px] - Width of the bubble's panel.
 * @cssproperty [--nova-height] - Height of the panel. Default 680px, inline 600px.
 * @cssproperty [--nova-inset=20px] - Distance of bubble and panel from the edges of the page.
 * @cssproperty [--nova-z-index=2147483000] - Layer of bubble and panel.
 */
export class NovaChat extends LitElement {
  static override styles: CSSResultGroup = [markdownStyles, themeStyles, panelStyles, messageStyles, composerStyles];

  static override properties: PropertyDeclarations = {
    endpoint: {},
    model: {},
    mode: { reflect: true },
    open: { type: Boolean, reflect: true },
    theme: { reflect: true },
    heading: {},
    greeting: {},
    starters: { type: Array },
    placeholder: {},
    locale: {},
    strings: { attribute: false },
    headers: { attribute: false },
    client: { attribute: false },
    disabled: { type: Boolean, reflect: true },
  };

  /** Base URL of the API, or the full address of its `/v1/chat/completions`. Default: the page's own host. */
  endpoint = '';
  /** A model of the API. Default: the server's. */
  model = '';
  mode: NovaMode = 'bubble';
  /** Whether the panel of the bubble is open. An inline panel always is. */
  open = false;
  theme: NovaTheme = 'auto';
  /** Title of the panel. */
  heading = '';
  /** First words of the assistant. Plain text. */
  greeting = '';
  /** Questions to begin with; as an attribute a JSON array of strings. */
  starters: readonly string[] | null = [];
  placeholder = '';
  /** BCP 47 tag of the language of `strings`. */
  locale = '';
  /** Takes the place of single strings. */
  strings: Partial<NovaStrings> = {};
  /** Sent with each request: values, or a function that is asked each time. */
  headers: ClientOptions['headers'];
  /** Gets the answers instead of the built-in client. */
  client: ChatTransport | undefined;
  /** Takes no questions. */
  disabled = false;

  /** The conversation behind the views, for a page that wants to know more than the events say. */
  readonly conversation: Conversation = createConversation({
    transport: { send: (input) => this.#getTransport().send(input) },
  });

  readonly #store: StoreController;
  readonly #phone: MediaQuery = new MediaQuery(this, '(max-width: 480px), (max-height: 480px)');
  readonly #announcer: Announcer = new Announcer({
    root: () => this.renderRoot,
    answering: () => fill(this.#words.answering, { heading: this.#title }),
    notice: (state) => toSpokenNotice(lastMessage(state), this.#words, this.locale),
  });
  #words: NovaStrings = english;
  #transport: ChatTransport | undefined;
  #wasShown = false;
  #hadFocus = false;

  constructor() {
    super();
    this.#store = new StoreController(this, this.conversation, this.#onChange);
  }

  /** Opens the panel. */
  show(): void {
    this.open = true;
  }

  /** Closes the panel; an answer under way goes on. */
  hide(): void {
    this.open = false;
  }

  /** Opens or closes the panel. */
  toggle(): void {
    this.open = !this.open;
  }

  /** Asks a question. False when it is not taken: blank, disabled, cancelled by a listener, or an answer is under way. */
  send(text: string): boolean {
    if (this.disabled || canStop(this.#store.state)) return false;
    const before = new NovaBeforeSendEvent(text);
    if (!this.dispatchEvent(before) || !this.conversation.send(before.text)) return false;
    this.#transcript?.scrollToEnd();
    const sent = new NovaSendEvent(before.text);
    this.dispatchEvent(sent);
    return true;
  }

  /** Ends the answer under way; what has arrived stays. */
  stop(): void {
    this.conversation.stop();
  }

  /** Forgets the conversation. */
  clear(): void {
    this.conversation.clear();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#announcer.stop();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('strings')) this.#words = { ...english, ...this.strings };
    if (changed.has('endpoint') || changed.has('headers')) this.#transport = undefined;
    this.#hadFocus = this.#find('.panel')?.contains(this.shadowRoot?.activeElement ?? null) ?? false;
  }

  protected override render(): TemplateResult {
    const isInline = this.mode === 'inline';
    const isShown = isInline || this.open;
    // A closed bubble costs its launcher; the rest is rendered when it is first opened.
    this.#wasShown ||= isShown;
    return html`<div class="root">
      ${this.#wasShown ? this.#panel(isInline, isShown) : nothing}
      ${isInline ? nothing : launcher(this.#words.launcher, this.open, this.#onLauncher)}
    </div>`;
  }

  protected override firstUpdated(): void {
    this.dispatchEvent(new NovaReadyEvent());
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (!changed.has('open') || this.mode === 'inline' || (!this.open && changed.get('open') === undefined)) return;
    // Nothing but a gesture of the visitor moves the focus, also when a script opens the panel.
    if (this.open && navigator.userActivation?.isActive !== false) void this.#focusInput();
    if (!this.open && this.#hadFocus) this.#find('.launcher')?.focus({ preventScroll: true });
    this.dispatchEvent(this.open ? new NovaShowEvent() : new NovaHideEvent());
  }

  #panel(isInline: boolean, isShown: boolean): TemplateResult {
    const words = this.#words;
    const { state } = this.#store;
    const messages = allMessages(state);
    const last = messages.at(-1);
    return html`<section
      class="panel"
      part="panel"
      role=${isInline ? 'region' : 'dialog'}
      aria-labelledby="nova-title"
      aria-modal=${!isInline && this.#phone.matches ? 'true' : nothing}
      ?hidden=${!isShown}
      @keydown=${this.#onKeydown}
    >
      ${panelHeader(this.#title, words, isInline ? undefined : this.#onClose)}
      <nova-transcript
        .messages=${messages}
        .strings=${words}
        .locale=${this.locale}
        .greeting=${this.greeting}
        .starters=${this.starters ?? []}
        .onStarter=${this.#onStarter}
        .onRetry=${this.#onRetry}
        .announce=${this.#announce}
      ></nova-transcript>
      <nova-composer
        .strings=${words}
        .placeholder=${this.placeholder}
        .streaming=${canStop(state)}
        .disabled=${this.disabled}
        .noticed=${last !== undefined && toNotice(last) !== undefined}
        .refused=${isRefused(last) ? last.text : ''}
        .onSend=${this.#onSend}
        .onStop=${this.#onStop}
      ></nova-composer>
      <slot name="footer"></slot>
      <div class="vh" aria-live="polite"></div>
      <div class="vh" aria-live="assertive"></div>
    </section>`;
  }

  get #composer(): NovaComposer | null {
    return this.#find<NovaComposer>('nova-composer');
  }

  get #transcript(): NovaTranscript | null {
    return this.#find<NovaTranscript>('nova-transcript');
  }

  #find<T extends HTMLElement>(selector: string): T | null {
    return this.renderRoot.querySelector<T>(selector);
  }

  get #title(): string {
    return this.heading || this.#words.heading;
  }

  #getTransport(): ChatTransport {
    if (this.client) return this.client;
    const { endpoint, headers } = this;
    this.#transport ??= createClientTransport({ endpoint, headers, model: () => this.model });
    return this.#transport;
  }

  async #focusInput(): Promise<void> {
    await this.#composer?.updateComplete;
    this.#composer?.focusInput();
  }

  readonly #onChange: ConversationListener = (state, previous) => {
    this.#announcer.follow(state, previous);
    for (const event of toEvents(state, previous)) this.dispatchEvent(event);
  };

  readonly #announce = (text: string): void => this.#announcer.say(text);
  readonly #onLauncher = (): void => this.toggle();
  readonly #onClose = (): void => this.hide();
  readonly #onSend = (text: string): boolean => this.send(text);
  readonly #onStop = (): void => this.stop();

  readonly #onStarter = (text: string): void => {
    if (this.send(text)) this.#composer?.focusButton();
  };

  readonly #onRetry = (): void => {
    if (!this.conversation.retry() && !this.conversation.regenerate()) return;
    this.#transcript?.scrollToEnd();
    this.#composer?.focusButton();
  };

  #onKeydown(event: KeyboardEvent): void {
    const panel = this.#find('.panel');
    if (this.mode === 'inline' || !panel) return;
    if (event.key === 'Escape' && !event.isComposing) {
      event.preventDefault();
      event.stopPropagation();
      this.hide();
    } else if (event.key === 'Tab' && this.#phone.matches) {
      keepFocusInside(panel, this.shadowRoot?.activeElement ?? null, event);
    }
  }
}

function isRefused(message: ConversationMessage | undefined): message is ConversationMessage {
  return message?.role === 'user' && message.status === 'failed';
}
