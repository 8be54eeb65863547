import type { ConversationHead, StoredConversation } from '@nova-chat/client/conversation';
import { html, nothing, type TemplateResult } from 'lit';
import { featureWords, type NovaWords } from '../../i18n/feature-strings.js';
import type { FeatureHost } from '../feature.js';
import { lineIcon } from '../shared/line-icon.js';
import { conversationRow, optionButton, type RowAction } from './conversation-row.js';
import { type ExportFormat, exportConversations } from './history-commands.js';
import { historyIcons } from './history-icons.js';
import { countWords } from './history-words.js';
import { saveFile } from './save-file.js';
import type { ThreadStore } from './thread-store.js';
import { toFileName } from './to-file-name.js';
import { toWhen } from './to-when.js';

export interface ConversationListOptions {
  chat: FeatureHost;
  threads: ThreadStore;
  currentId: () => string;
  onOpen: (id: string) => void;
  onNew: () => void;
  onDeleteAll: () => void;
}

/** The row whose options are shown, or whose title is being changed. */
interface OpenRow {
  id: string;
  state: 'options' | 'renaming';
}

/** The list of conversations over the chat. */
export class ConversationList {
  isOpen = false;
  readonly #options: ConversationListOptions;
  #query = '';
  #row: OpenRow | undefined;
  #isAsking = false;
  #deleted: StoredConversation | undefined;

  constructor(options: ConversationListOptions) {
    this.#options = options;
  }

  /** Opens or closes the list. The focus goes into it, and back to its button, or to the input. */
  toggle(isOpen: boolean, next: 'button' | 'input' = 'button'): void {
    if (this.isOpen === isOpen) return;
    this.isOpen = isOpen;
    this.#query = '';
    this.#row = this.#deleted = undefined;
    this.#isAsking = false;
    // What lies under the list can neither be reached nor read while it is open.
    const rest = this.#options.chat.renderRoot.querySelectorAll<HTMLElement>('.words > :not(.conversations, .vh)');
    for (const element of rest) element.inert = isOpen;
    // The button goes with the last conversation.
    const back = [...(next === 'button' ? ['.history-button'] : []), '.composer textarea'];
    this.#refresh(isOpen ? ['.conversation.current .open', '.rows .open', '.add'] : back);
  }

  /** Another tab may be about to take what has the focus out of the list, and the focus with it. */
  keepFocus(): void {
    if (!this.isOpen) return;
    const { chat } = this.#options;
    const root = chat.renderRoot as ShadowRoot;
    const before = root.activeElement;
    const find = (selector: string): HTMLElement | null => root.querySelector<HTMLElement>(selector);
    void chat.updateComplete.then(() => {
      if (before && !before.isConnected) (find('.rows .open') ?? find('.add'))?.focus();
    });
  }

  /** Shows the list, when it is open. */
  view(): TemplateResult | undefined {
    if (!this.isOpen) return undefined;
    const { chat, threads, onNew } = this.#options;
    const words = featureWords(chat);
    const heads = threads.search(this.#query);
    return html`<section class="conversations" part="conversations" id="nova-conversations" aria-labelledby="nova-conversations-title" @keydown=${this.#onKeydown}>
      <div class="bar">
        <h3 id="nova-conversations-title">${words.conversations}</h3>
        <button class="round close-list" part="close-conversations" type="button" aria-label=${words.conversations} aria-expanded="true" aria-controls="nova-conversations" @click=${() => this.toggle(false)}>${lineIcon(historyIcons.close)}</button>
      </div>
      <div class="search">
        <input class="field" part="field" type="search" .value=${this.#query} placeholder=${words.searchConversations} aria-label=${words.searchConversations} autocomplete="off" enterkeyhint="search" @input=${this.#onSearch} />
        <button class="add" part="new-conversation" type="button" @click=${onNew}>${lineIcon(historyIcons.add)}${words.newConversation}</button>
      </div>
      <ul class="rows">
        ${heads.map((head) => this.#rowOf(head, words))}
      </ul>
      ${heads.length === 0 ? html`<p class="none">${words.noConversationFound}</p>` : nothing}
      ${this.#deleted ? this.#undoLine(words) : nothing} ${this.#foot(words, heads.length > 0)}
    </section>`;
  }

  #rowOf(head: ConversationHead, words: NovaWords): TemplateResult {
    const { chat, currentId, threads } = this.#options;
    const { id, isLive, unread, updatedAt } = head;
    const when = toWhen(updatedAt, chat.language);
    return conversationRow({
      head,
      words,
      isCurrent: id === currentId(),
      state: this.#row?.id === id ? this.#row.state : 'closed',
      line: isLive ? words.isAnswering : unread > 0 ? `${countWords(chat, 'newAnswers', unread)} · ${when}` : when,
      onAction: (action) => this.#act(action, head),
      onRename: (title) => {
        if (title) threads.amend(id, { title, isNamed: true });
        this.#setRow(undefined, id);
      },
    });
  }

  #act(action: RowAction, { id, title }: ConversationHead): void {
    const { onOpen, threads } = this.#options;
    if (action === 'open') onOpen(id);
    else if (action === 'more') this.#setRow(this.#row?.id === id ? undefined : { id, state: 'options' }, id);
    else if (action === 'rename') this.#setRow({ id, state: 'renaming' }, id);
    else if (action === 'cancel') this.#setRow(undefined, id);
    else if (action === 'delete') {
      this.#row = undefined;
      this.#deleted = threads.remove(id);
      this.#options.chat.announce(featureWords(this.#options.chat).conversationDeleted);
      this.#refresh(['.undo']);
    } else this.#save(action === 'json' ? 'json' : 'md', title, id);
  }

  #setRow(row: OpenRow | undefined, id: string): void {
    this.#row = row;
    if (row?.state === 'renaming') this.#refresh(['.title-form input']);
    else if (row) this.#refresh(['.options .option']);
    else this.#refresh(['.rows .more'], id);
  }

  #undoLine(words: NovaWords): TemplateResult {
    const onUndo = (): void => {
      if (!this.#deleted) return;
      const id = this.#options.threads.put(this.#deleted);
      this.#deleted = undefined;
      this.#refresh(['.rows .open'], id);
    };
    return html`<p class="undo-line"><span>${words.conversationDeleted}</span>${optionButton(words.undo, onUndo, 'undo')}</p>`;
  }

  #foot(words: NovaWords, hasRows: boolean): TemplateResult | typeof nothing {
    if (!hasRows || this.#query !== '') return nothing;
    const ask = (isAsking: boolean): void => {
      this.#isAsking = isAsking;
      this.#refresh([isAsking ? '.foot .cancel' : '.foot .delete-all']);
    };
    if (!this.#isAsking) {
      return html`<div class="foot">
        ${optionButton(words.saveAll, () => this.#save('md', words.conversations))}
        ${optionButton(words.deleteAll, () => ask(true), 'delete-all')}
      </div>`;
    }
    return html`<div class="foot" role="group" aria-labelledby="nova-delete-all">
      <span id="nova-delete-all">${words.deleteAllQuestion}</span>
      ${optionButton(words.cancel, () => ask(false), 'cancel')}
      ${optionButton(words.deleteAll, this.#options.onDeleteAll, 'strong')}
    </div>`;
  }

  #save(format: ExportFormat, title: string, id?: string): void {
    saveFile(toFileName(title, format), exportConversations(this.#options.chat, format, id));
  }

  readonly #onSearch = (event: Event): void => {
    const { chat, threads } = this.#options;
    this.#query = (event.target as HTMLInputElement).value;
    this.#row = undefined;
    chat.refresh();
    if (this.#query) chat.announce(countWords(chat, 'conversationsFound', threads.search(this.#query).length));
  };

  readonly #onKeydown = (event: KeyboardEvent): void => {
    const { key } = event;
    if (key === 'Escape' && !event.isComposing) {
      event.preventDefault();
      // The panel stays.
      event.stopPropagation();
      if (this.#row) this.#setRow(undefined, this.#row.id);
      else this.toggle(false);
      return;
    }
    const step = key === 'ArrowDown' ? 1 : key === 'ArrowUp' ? -1 : 0;
    const buttons = [...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>('.rows .open')];
    const place = buttons.indexOf(event.target as HTMLElement);
    if (step === 0 || place < 0) return;
    event.preventDefault();
    buttons[place + step]?.focus();
  };

  /** Renders, and puts the focus on what the first of `selectors` that fits finds; `id`: in the row of that conversation. */
  #refresh(selectors: readonly string[], id?: string): void {
    const { chat, threads } = this.#options;
    chat.refresh();
    void chat.updateComplete.then(() => {
      const found = selectors.map((selector) => [...chat.renderRoot.querySelectorAll<HTMLElement>(selector)]);
      const first = found.find(({ length }) => length > 0) ?? [];
      const place = id === undefined ? 0 : threads.search(this.#query).findIndex((head) => head.id === id);
      (first[place] ?? first[0])?.focus();
    });
  }
}
