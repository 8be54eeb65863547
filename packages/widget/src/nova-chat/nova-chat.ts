import {
  allMessages,
  type ChatTransport,
  type Conversation,
  type ConversationListener,
  type ConversationMessage,
  createConversation,
  createMessage,
  lastMessage,
} from '@nova-chat/client/conversation';
import { type CSSResultGroup, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { createClientTransport } from '../adapters/client-transport.js';
import { Announcer } from '../bindings/announcer.js';
import { MediaQuery } from '../bindings/media-query.js';
import { Outbox } from '../bindings/outbox.js';
import { StoreController } from '../bindings/store-controller.js';
import { launcher } from '../elements/launcher.js';
import type { NovaComposer } from '../elements/nova-composer.js';
import type { NovaTranscript } from '../elements/nova-transcript.js';
import { panelHeader } from '../elements/panel-header.js';
import { toNotice } from '../elements/to-notice.js';
import {
  NovaBeforeHideEvent,
  NovaBeforeSendEvent,
  NovaBeforeShowEvent,
  NovaHideEvent,
  NovaReadyEvent,
  NovaSendEvent,
  NovaShowEvent,
} from '../events/nova-events.js';
import { toEvents } from '../events/to-events.js';
import type { FeatureHost } from '../features/feature.js';
import { FeatureSet } from '../features/feature-set.js';
import { fill } from '../i18n/fill.js';
import { LanguageController } from '../i18n/language-controller.js';
import type { NovaStrings } from '../i18n/nova-strings.js';
import { markdownStyles } from '../markdown/markdown.styles.js';
import { composerStyles } from '../styles/composer.styles.js';
import { messageStyles } from '../styles/message.styles.js';
import { panelStyles } from '../styles/panel.styles.js';
import { themeStyles } from '../styles/theme.styles.js';
import { NovaChatProperties } from './nova-chat-properties.js';

/**
 * A chat with an assistant. The one place where views, conversation and client meet.
 *
 * @tag nova-chat
 * @summary A chat as a bubble in the corner of a page or as an inline panel.
 *
 * @fires {NovaReadyEvent} nova-ready - The element has rendered for the first time.
 * @fires {NovaBeforeShowEvent} nova-before-show - The panel is about to be opened; cancellable.
 * @fires {NovaBeforeHideEvent} nova-before-hide - The panel is about to be closed; cancellable.
 * @fires {NovaShutdownEvent} nova-shutdown - The visitor has left; everything kept of them is forgotten.
 * @fires {NovaShowEvent} nova-show - The panel has been opened.
 * @fires {NovaHideEvent} nova-hide - The panel has been closed.
 * @fires {Event} nova-consent - The visitor has agreed to `consent`.
 * @fires {NovaBeforeSendEvent} nova-before-send - A question is about to be sent, or asked again; cancellable, the `text` of a new one can be changed.
 * @fires {NovaSendEvent} nova-send - A question has been sent.
 * @fires {NovaResponseStartEvent} nova-response-start - The server has begun to answer.
 * @fires {NovaResponseEndEvent} nova-response-end - An answer has ended; `outcome` says how.
 * @fires {NovaErrorEvent} nova-error - Something went wrong on the way to an answer.
 * @fires {NovaUnreadEvent} nova-unread - The number of answers that ended unseen has changed.
 * @fires {NovaConversationChangeEvent} nova-conversation-change - Another conversation is shown.
 * @fires {NovaFeedbackEvent} nova-feedback - A visitor has rated an answer; `value` is up, down or none, `reason` may be blank.
 *
 * @slot header-actions - Controls beside the close button.
 * @slot greeting - Takes the place of the greeting.
 * @slot consent - Below the words of the consent, such as a link to a privacy notice.
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
 * @csspart code - A block of code.
 * @csspart code-copy - The button that copies it.
 * @csspart table - A table of an answer.
 * @csspart citations - The sources of an answer; each is a `citation`.
 * @csspart citation - A source.
 * @csspart citation-preview - What a source is, shown before it is opened.
 * @csspart reasoning - What the model thought aloud, folded away.
 * @csspart thoughts - The button that unfolds it.
 * @csspart actions - The buttons under a message; each is an `action`.
 * @csspart action - A button under a message.
 * @csspart feedback - The form that asks for the reason of a thumb.
 * @csspart editor - The form that takes a question in other words.
 * @csspart choice - A button of a form or card; the main one is also `choice-main`.
 * @csspart field - A field of a form, or of the search.
 * @csspart suggestions - The questions that may be asked next; each is a `suggestion`.
 * @csspart suggestion - A question that may be asked next.
 * @csspart switched - The line that tells of a change of provider.
 * @csspart notice - How a message ended, when not well.
 * @csspart retry - The button in it.
 * @csspart patience - The line that says that an answer takes its time.
 * @csspart go-on - The button that has the rest of an answer that was cut off.
 * @csspart starter - A suggested question.
 * @csspart earlier - Shows earlier messages.
 * @csspart scroll-button - Jumps to what has come since the reader left the end, and from there to the end.
 * @csspart attach - The button that adds files.
 * @csspart attachment - A file.
 * @csspart remove - Takes it away again.
 * @csspart speak - The button that listens.
 * @csspart image - An image of an answer, or the button that loads it.
 * @csspart formula - A formula of an answer.
 * @csspart tool - A tool that the model has used.
 * @csspart card - What a tool shows or asks for.
 * @csspart models - The choice of a model.
 * @csspart consent - The question for consent; its button is `agree`.
 * @csspart history - The button that opens the list of conversations.
 * @csspart conversations - The list; each of its rows is a `conversation`.
 * @csspart conversation - A conversation in the list.
 * @csspart open-conversation - Its button.
 * @csspart options - Shows what can be done with it; each is an `option`.
 * @csspart option - Something that can be done with a conversation.
 * @csspart close-conversations - Closes the list.
 * @csspart new-conversation - The button that begins another one.
 * @csspart badge - The number of unseen answers at the launcher.
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
export class NovaChat extends NovaChatProperties implements FeatureHost {
  static override styles: CSSResultGroup = [markdownStyles, themeStyles, panelStyles, messageStyles, composerStyles];

  /** Gets answers from `client`, or from the API at `endpoint`. */
  readonly transport: ChatTransport = { send: (input) => this.#features.wrap(this.#getClient()).send(input) };

  /**
   * Whether files go along with the question, which may then be blank; counts from the next `refresh` on.
   *
   * @internal
   */
  attached = false;

  readonly #features: FeatureSet = new FeatureSet(this);
  readonly #store: StoreController;
  readonly #phone: MediaQuery = new MediaQuery(this, '(max-width: 480px), (max-height: 480px)');
  readonly #announcer: Announcer = new Announcer({
    root: () => this.renderRoot,
    answering: () => fill(this.words.answering, { heading: this.#title }),
    notice: (state) => {
      const last = lastMessage(state);
      const notice = last && toNotice(last);
      return notice ? this.words[notice.key] : '';
    },
  });
  readonly #language: LanguageController = new LanguageController(this);
  #client: ChatTransport | undefined;
  /** What is shown while a question waits for what it must not be sent without: it and the place of its answer come last. */
  #waiting: readonly ConversationMessage[] | undefined;
  #wasShown = false;
  #hadFocus = false;
  /** Had the focus before it came into the chat. */
  #opener: HTMLElement | null = null;

  constructor() {
    super();
    const conversation = createConversation({ transport: this.transport });
    this.#store = new StoreController(this, conversation, this.#onChange);
    this.addController(this.#announcer);
    new Outbox(this);
  }

  /** The conversation behind the views. Another one can be put in its place; an answer under way goes on unseen. */
  get conversation(): Conversation {
    return this.#store.conversation;
  }

  set conversation(conversation: Conversation) {
    this.#store.follow(conversation);
  }

  /** What stands in the input. */
  get draft(): string {
    return this.#composer?.draft ?? '';
  }

  set draft(text: string) {
    this.#wasShown = true;
    this.requestUpdate();
    void this.updateComplete.then(() => {
      if (this.#composer) this.#composer.draft = text;
    });
  }

  /** The words of the chat in the reader's language. */
  get words(): NovaStrings {
    return this.#language.words;
  }

  /** The language of `words`, as a BCP 47 tag. */
  get language(): string {
    return this.#language.spoken.tag;
  }

  /** Opens the panel. */
  show(): void {
    this.open ||= this.dispatchEvent(new NovaBeforeShowEvent());
  }

  /** Closes the panel; an answer under way goes on. */
  hide(): void {
    this.open &&= !this.dispatchEvent(new NovaBeforeHideEvent());
  }

  /** Opens or closes the panel. */
  toggle(): void {
    if (this.open) this.hide();
    else this.show();
  }

  /** Asks a question. False when it is not taken: blank, disabled, cancelled by a listener, or an answer is under way. */
  send(text: string): boolean {
    if (this.disabled || this.#store.state.live || this.#waiting) return false;
    if (!this.#features.isReady) return !!(text.trim() || this.attached) && this.#sendWhenReady(text);
    const before = new NovaBeforeSendEvent(text);
    if (!this.dispatchEvent(before) || !this.conversation.send(before.text, before.attachments)) return false;
    this.#transcript?.scrollToEnd();
    this.dispatchEvent(new NovaSendEvent(before.text));
    return true;
  }

  /**
   * Asks again after a failure, otherwise for another answer to the last question. False when there is nothing to ask, or it is
   * not taken, as with `send`.
   */
  retry(): boolean {
    const { messages, live } = this.#store.state;
    const question = messages.findLast(({ role }) => role === 'user');
    if (!question || live || this.disabled) return false;
    if (!this.#features.isReady) {
      void this.#features.whenReady().then((isReady) => isReady && this.retry());
      return true;
    }
    // A feature that holds questions back must not be bypassed.
    if (!this.dispatchEvent(new NovaBeforeSendEvent(question.text))) return false;
    this.#transcript?.scrollToEnd();
    return this.conversation.retry() || this.conversation.regenerate();
  }

  /** Ends the answer under way; what has arrived stays. */
  stop(): void {
    this.conversation.stop();
  }

  /** Forgets the conversation. */
  clear(): void {
    this.conversation.clear();
  }

  protected override async scheduleUpdate(): Promise<void> {
    await this.#language.follow();
    super.scheduleUpdate();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('endpoint') || changed.has('headers')) this.#client = undefined;
    // Opened before the first update, the panel has not asked its listeners yet.
    if (!this.hasUpdated) this.open &&= this.dispatchEvent(new NovaBeforeShowEvent());
    this.#hadFocus = this.matches(':focus-within');
    if (!this.#hadFocus) this.#opener = document.activeElement as HTMLElement | null;
  }

  protected override render(): TemplateResult {
    const isInline = this.mode === 'inline';
    const isShown = isInline || this.open;
    // A closed bubble costs its launcher; the rest is rendered when it is first opened.
    this.#wasShown ||= isShown;
    // Lit calls listeners on the element whose template they stand in.
    return html`<div class="root" lang=${this.language}>
      ${this.#wasShown ? this.#panel(isInline, isShown) : nothing}
      ${isInline ? nothing : launcher(this.words.launcher, this.open, this.toggle)}
    </div>`;
  }

  protected override firstUpdated(): void {
    this.dispatchEvent(new NovaReadyEvent());
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (!changed.has('open') || this.mode === 'inline' || (!this.open && changed.get('open') === undefined)) return;
    // Nothing but a gesture of the visitor moves the focus, also when a script opens the panel.
    if (this.open && navigator.userActivation?.isActive !== false)
      void this.#composer?.updateComplete.then(() => this.focusInput());
    if (!this.open && this.#hadFocus) {
      const launcher = this.#find('.launcher');
      // A page that hides it has a button of its own.
      (launcher?.checkVisibility() ? launcher : this.#opener)?.focus({ preventScroll: true });
    }
    this.dispatchEvent(this.open ? new NovaShowEvent() : new NovaHideEvent());
  }

  #panel(isInline: boolean, isShown: boolean): TemplateResult {
    const { words } = this;
    const { views } = this.#features;
    const { state } = this.#store;
    // The same list for the same state: another one is rendered again.
    const messages = this.#waiting ?? allMessages(state);
    const last = messages.at(-1);
    return html`<section
      class="panel ${this.isWhole ? 'whole' : ''}"
      part="panel"
      role=${isInline ? 'region' : 'dialog'}
      aria-labelledby="nova-title"
      aria-modal=${this.isWhole ? 'true' : nothing}
      ?hidden=${!isShown}
      @keydown=${this.#onKeydown}
    >
      <div class="words" dir=${this.dir || this.#language.spoken.dir || nothing}>
      ${panelHeader({ title: this.#title, strings: words, tools: views('header'), onClose: isInline ? undefined : this.hide })}
      <nova-transcript
        .messages=${messages}
        .strings=${words}
        .views=${views}
        .scrollBehavior=${this.scrollBehavior}
        .greeting=${this.greeting}
        .starters=${this.starters ?? []}
        .onStarter=${this.#onStarter}
        .onRetry=${this.#onRetry}
      ></nova-transcript>
      ${views('above')}
      <nova-composer
        .strings=${words}
        .placeholder=${this.placeholder}
        .streaming=${state.live !== undefined}
        .disabled=${this.disabled}
        .attached=${this.attached}
        .noticed=${!!(last && toNotice(last))}
        .refused=${isRefused(last) ? last.text : ''}
        .views=${views}
        .onSend=${this.#onSend}
        .onStop=${this.#onStop}
      ></nova-composer>
      <slot name="footer"></slot>
      ${views('overlay')}
      <div class="vh" aria-live="polite"></div>
      <div class="vh" aria-live="assertive"></div>
      </div>
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

  /**
   * Whether the panel covers the whole window, on a phone and in full screen.
   *
   * @internal
   */
  get isWhole(): boolean {
    return this.mode === 'fullscreen' || (this.mode !== 'inline' && this.#phone.matches);
  }

  get #title(): string {
    return this.heading || this.words.heading;
  }

  /** Renders what features show, after one of them has changed by itself. */
  refresh(): void {
    this.#features.refresh();
  }

  /** Says something to a screen reader, once. */
  announce(text: string): void {
    this.#announcer.say(text);
  }

  /** Puts the cursor into the input; never scrolls the page. */
  focusInput(): void {
    this.#composer?.focusInput();
  }

  #getClient(): ChatTransport {
    const { endpoint, headers } = this;
    if (this.client) return this.client;
    this.#client ??= createClientTransport({ endpoint, headers, model: () => this.model });
    return this.#client;
  }

  /** The question is taken and shown now, and given back should it be refused in the end. */
  #sendWhenReady(text: string): boolean {
    this.#waiting = allMessages(this.#store.state).concat(
      createMessage({ id: '', createdAt: 0, role: 'user', text }),
      createMessage({ id: '', createdAt: 0, role: 'assistant' }),
    );
    this.requestUpdate();
    void this.#features.whenReady().then((isReady) => {
      this.#waiting = undefined;
      if (isReady && this.send(text)) return;
      // What has been typed since stays too.
      this.draft = this.draft ? `${text}\n${this.draft}` : text;
      if (!isReady) this.announce(this.words.noConnection);
    });
    return true;
  }

  readonly #onChange: ConversationListener = (state, previous) => {
    this.#announcer.follow(state, previous);
    this.#features.hear(state, previous);
    for (const event of toEvents(state, previous)) this.dispatchEvent(event);
  };

  readonly #onSend = (text: string): boolean => this.send(text);
  readonly #onStop = (): void => this.stop();

  readonly #onStarter = (text: string): void => {
    if (this.send(text)) this.#composer?.focusButton();
  };

  readonly #onRetry = (): void => {
    if (this.retry()) this.#composer?.focusButton();
  };

  #onKeydown(event: KeyboardEvent): void {
    if (this.mode === 'inline' || event.key !== 'Escape' || event.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    this.hide();
  }
}

function isRefused(message: ConversationMessage | undefined): message is ConversationMessage {
  return message?.role === 'user' && message.status === 'failed';
}
