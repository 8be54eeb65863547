import { type ChatTransport, type ConversationArchive, canStop } from '@nova-chat/client/conversation';
import { html, nothing, type TemplateResult } from 'lit';
import { NovaConversationChangeEvent, NovaUnreadEvent } from '../../events/history-events.js';
import { featureWords } from '../../i18n/feature-strings.js';
import type { Feature, FeatureHost } from '../feature.js';
import { agreementOf } from '../shared/agreement.js';
import { lineIcon } from '../shared/line-icon.js';
import { toKeyPrefix } from '../to-key-prefix.js';
import { createAnswerRelay } from './answer-relay.js';
import { ConversationList } from './conversation-list.js';
import { historyStyles } from './history.styles.js';
import { forgetAll, HistoryCommandEvent } from './history-commands.js';
import { historyIcons } from './history-icons.js';
import { countWords } from './history-words.js';
import { keepCursor } from './keep-cursor.js';
import { keepKeys } from './keep-keys.js';
import { keepScroll } from './keep-scroll.js';
import { openArchive } from './open-archive.js';
import { createPageLifecycle, type PageLifecycle } from './page-lifecycle.js';
import { createResumableClient } from './resumable-client.js';
import { createShownMemory, type ShownMemory } from './shown-memory.js';
import { createTabChannel, type TabChannel, toChannelName } from './tab-channel.js';
import type { Thread } from './thread.js';
import { ThreadStore } from './thread-store.js';
import { tooLong } from './too-long.js';
import { showUnreadBadge } from './unread-badge.js';

/** Keeps the conversations of a visitor: over a reload, in every open tab, and as a list to choose from. */
export function createFeature(chat: FeatureHost): Feature {
  const history = new VisitorHistory(chat);
  // Not of the conversations, but wanted from the same moment on: a visitor has come to the chat.
  const giveCursorBack = keepCursor(chat);
  keepKeys(chat);
  keepScroll(chat);
  // What the client has learned of its server counts for the next question too.
  let next: ChatTransport;
  const send: ChatTransport['send'] = (input, options) => next.send(input, options);
  const relay = createAnswerRelay({
    ...history,
    client: createResumableClient(chat, { send }, history.shown),
    whenAllowed: (signal) => agreementOf(chat).whenGiven(signal),
  });
  return {
    styles: historyStyles,
    views: {
      header: () => history.button(),
      overlay: () => history.list.view(),
      after: (message) => tooLong(chat, message),
    },
    transport(given) {
      next = given;
      return relay;
    },
    onChange: () => history.adoptPageConversation(),
    onConnect() {
      history.connect();
      giveCursorBack();
    },
    onDisconnect: () => history.life.releaseWhenIdle(),
  };
}

/** Which conversation a chat shows, and what becomes of the others. */
class VisitorHistory {
  readonly archive: ConversationArchive;
  readonly tabs: TabChannel;
  readonly threads: ThreadStore;
  readonly list: ConversationList;
  readonly life: PageLifecycle;
  readonly shown: ShownMemory;
  readonly #chat: FeatureHost;
  #persist: 'none' | 'session' | 'local';
  #current: Thread | undefined;
  #unread = 0;

  constructor(chat: FeatureHost) {
    this.#chat = chat;
    this.#persist = chat.persist || 'session';
    const prefix = toKeyPrefix(chat);
    this.tabs = createTabChannel(
      () => toChannelName(prefix, this.#persist),
      (message) => this.threads.handleTabMessage(message),
    );
    this.archive = openArchive(chat);
    this.shown = createShownMemory(chat);
    this.threads = new ThreadStore({
      archive: this.archive,
      tabs: this.tabs,
      transport: chat.transport,
      onChange: () => this.#change(),
      // A visitor who has not begun anything here is shown the answer under way.
      onOpen: (thread) => void (this.#isBlank && this.show(thread)),
      onEnd: (thread, { outcome }) => {
        if (outcome !== 'aborted' && !this.#isSeen(thread)) thread.unread += 1;
      },
    });
    const onLeave = (): void => this.shown.keepDraft(chat.draft);
    this.life = createPageLifecycle({ chat, tabs: this.tabs, threads: this.threads, onLeave });
    this.list = new ConversationList({
      chat,
      threads: this.threads,
      currentId: () => this.#current?.id ?? '',
      onOpen: (id) => this.#open(id),
      onNew: () => this.#begin(),
      onDeleteAll: () => this.#forget(),
    });
    chat.addEventListener('nova-show', () => queueMicrotask(() => this.#change()));
    chat.addEventListener('nova-hide', () => {
      queueMicrotask(() => {
        this.list.toggle(false);
        this.#change();
      });
    });
    chat.addEventListener('nova-shutdown', () => this.#forget());
    chat.addController({ hostUpdate: () => this.#applyPersist() });
    chat.addEventListener('nova-history-command', (event) => this.#handleCommand(event));
  }

  /** The chat is in a page, for the first time or again. */
  connect(): void {
    // It may have left the page while the feature was on its way.
    if (!this.#chat.isConnected) return;
    this.life.begin();
    if (this.#current) this.threads.comeBack();
    else this.#start();
  }

  /** Takes in a conversation that a page shows by itself. */
  adoptPageConversation(): void {
    const { conversation } = this.#chat;
    if (this.#current && !this.threads.of(conversation)) this.show(this.threads.adopt(conversation));
  }

  /** Shows a thread. */
  show(thread: Thread): void {
    const chat = this.#chat;
    this.#current = thread;
    if (chat.conversation !== thread.conversation) {
      chat.conversation = thread.conversation;
      void chat.updateComplete.then(() => {
        chat.renderRoot.querySelector<HTMLElement & { scrollToEnd(): void }>('nova-transcript')?.scrollToEnd();
      });
      chat.dispatchEvent(new NovaConversationChangeEvent(thread.id));
    }
    this.threads.trim(thread);
    this.#change();
  }

  /** Shows the button of the list, once there is something in it. */
  button(): TemplateResult | typeof nothing {
    if (this.threads.heads().length === 0) return nothing;
    const { list } = this;
    const { conversations } = featureWords(this.#chat);
    const unread = this.#unread > 0 ? `, ${countWords(this.#chat, 'newAnswers', this.#unread)}` : '';
    return html`<button
      class="round history-button ${unread ? 'new' : ''}"
      part="history"
      type="button"
      aria-label=${conversations + unread}
      aria-expanded=${list.isOpen}
      aria-controls=${list.isOpen ? 'nova-conversations' : nothing}
      @click=${() => list.toggle(!list.isOpen)}
    >
      ${lineIcon(historyIcons.list)}
    </button>`;
  }

  get #isBlank(): boolean {
    return this.#current?.conversation.getState().messages.length === 0;
  }

  #isSeen(thread: Thread): boolean {
    return thread === this.#current && (this.#chat.open || this.#chat.mode === 'inline');
  }

  #start(): void {
    const { conversation } = this.#chat;
    const { threads } = this;
    const { messages } = conversation.getState();
    const { id, isOpen } = this.shown.read();
    if (this.#persist === 'none') forgetAll(this.#chat);
    const known = new Set(threads.heads().map((head) => head.id));
    const own = messages.length > 0 ? threads.adopt(conversation) : undefined;
    if (own && !known.has(own.id) && !canStop(conversation.getState()) && !this.#isSeen(own))
      threads.amend(own.id, { unread: 1 });
    // An answer under way may belong to another tab, and tabs that cannot talk cannot tell.
    const isOurs = this.tabs.isShared || this.#persist !== 'local';
    const heads = threads.heads().filter((head) => isOurs || !head.isLive || head.id === id);
    for (const head of heads) if (head.isLive) threads.open(head.id);
    const former = id === '' ? undefined : (threads.open(id ?? '') ?? threads.open(heads[0]?.id ?? ''));
    this.show(own ?? former ?? threads.adopt(conversation));
    if (isOpen) this.#chat.open = true;
    const draft = this.shown.takeDraft();
    // The visitor may be writing already.
    if (draft && !this.#chat.draft) this.#chat.draft = draft;
  }

  #change(): void {
    const { threads } = this;
    const chat = this.#chat;
    const current = this.#current;
    if (!chat.isConnected) this.life.releaseWhenIdle();
    if (!current) return;
    if (current.unread > 0 && this.#isSeen(current)) {
      threads.amend(current.id, { unread: 0 });
      return;
    }
    const unread = threads.heads().reduce((sum, head) => sum + head.unread, 0);
    if (unread !== this.#unread) {
      this.#unread = unread;
      chat.dispatchEvent(new NovaUnreadEvent(unread));
    }
    void chat.updateComplete.then(() => showUnreadBadge(chat, chat.open ? 0 : unread));
    this.shown.keep({ id: current.id, isOpen: chat.open, isLive: threads.isLive });
    chat.refresh();
    this.list.keepFocus();
  }

  #open(id: string): void {
    const thread = this.threads.open(id);
    if (thread) this.show(thread);
    this.list.toggle(false);
  }

  #begin(): void {
    if (!this.#isBlank) this.show(this.threads.create());
    this.list.toggle(false, 'input');
  }

  /** What is kept has moved along; when nothing is to be kept, only what is shown stays, for as long as the page does. */
  #applyPersist(): void {
    const persist = this.#chat.persist || 'session';
    if (persist === this.#persist) return;
    this.#persist = persist;
    for (const { id } of this.archive.heads())
      if (persist === 'none' && id !== this.#current?.id) this.archive.remove(id);
    if (persist === 'none') {
      forgetAll(this.#chat);
      this.shown.forget();
    }
    this.life.reconnect();
    this.#change();
  }

  #forget(): void {
    for (const { id } of this.threads.heads()) this.threads.remove(id);
    forgetAll(this.#chat);
    this.shown.forget();
    this.show(this.threads.create());
    this.list.toggle(false);
  }

  #handleCommand(event: Event): void {
    if (!(event instanceof HistoryCommandEvent)) return;
    event.isDone = true;
    if (event.command === 'forget') this.#forget();
    else if (event.command === 'new') this.#begin();
    else this.#open(event.id);
  }
}
