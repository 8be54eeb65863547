import type { ConversationHead } from '@nova-chat/client/conversation';
import { html, nothing, type TemplateResult } from 'lit';
import type { NovaWords } from '../../i18n/feature-strings.js';
import { fill } from '../../i18n/fill.js';
import { lineIcon } from '../shared/line-icon.js';
import { historyIcons } from './history-icons.js';

/** What a row can be asked for. */
export type RowAction = 'open' | 'more' | 'rename' | 'markdown' | 'json' | 'delete' | 'cancel';

export interface ConversationRow {
  head: ConversationHead;
  isCurrent: boolean;
  /** Whether the options are shown, or the title can be changed. */
  state: 'closed' | 'options' | 'renaming';
  /** What is said below the title. */
  line: string;
  words: NovaWords;
  onAction: (action: RowAction) => void;
  onRename: (title: string) => void;
}

/** Shows one conversation of the list. */
export function conversationRow(row: ConversationRow): TemplateResult {
  const { head, isCurrent, state, line, words, onAction } = row;
  const name = head.title || words.newConversation;
  const options = `nova-options-${head.id}`;
  return html`<li class="conversation ${isCurrent ? 'current' : ''}" part="conversation">
    ${
      state === 'renaming'
        ? titleForm(row)
        : html`<div class="line">
            <button class="open" part="open-conversation" type="button" aria-current=${isCurrent ? 'true' : nothing} @click=${() => onAction('open')}>
              <span class="name" dir="auto">${name}</span>
              <span class="state ${head.isLive ? 'live' : ''} ${head.unread > 0 ? 'new' : ''}" dir="auto">${line}</span>
            </button>
            <button
              class="round more"
              part="options"
              type="button"
              aria-label=${fill(words.conversationOptions, { title: name })}
              aria-expanded=${state === 'options'}
              aria-controls=${state === 'options' ? options : nothing}
              @click=${() => onAction('more')}
            >
              ${lineIcon(historyIcons.more)}
            </button>
          </div>`
    }
    ${
      state === 'options'
        ? html`<div class="options" id=${options} role="group" aria-label=${fill(words.conversationOptions, { title: name })}>
            ${optionButton(words.rename, () => onAction('rename'))}
            ${optionButton(words.saveMarkdown, () => onAction('markdown'))}
            ${optionButton(words.saveJson, () => onAction('json'))}
            ${optionButton(words.deleteConversation, () => onAction('delete'))}
          </div>`
        : nothing
    }
  </li>`;
}

/** Shows a small button with words. */
export function optionButton(label: string, onClick: () => void, more = ''): TemplateResult {
  return html`<button class="option ${more}" part="option" type="button" @click=${onClick}>${label}</button>`;
}

function titleForm({ head, words, onAction, onRename }: ConversationRow): TemplateResult {
  const onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    onRename((event.currentTarget as HTMLFormElement).querySelector('input')?.value.trim() ?? '');
  };
  return html`<form class="title-form" @submit=${onSubmit}>
    <input class="field" part="field" aria-label=${words.conversationTitle} .value=${head.title} maxlength="120" dir="auto" autocomplete="off" enterkeyhint="done" />
    <div class="choices">
      <button class="quiet-button" part="choice" type="button" @click=${() => onAction('cancel')}>${words.cancel}</button>
      <button class="strong-button" part="choice choice-main" type="submit">${words.save}</button>
    </div>
  </form>`;
}
