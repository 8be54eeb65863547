import { branchesOf, type ConversationMessage } from '@nova-chat/client/conversation';
import { html, nothing, type TemplateResult } from 'lit';
import { featureWords } from '../../i18n/feature-strings.js';
import type { Feature, FeatureHost } from '../feature.js';
import { hasAction } from '../shared/has-action.js';
import { isUnderWay } from '../shared/is-under-way.js';
import { lineIcon } from '../shared/line-icon.js';
import { updateMessage } from '../shared/update-message.js';
import { askInstead } from './ask-instead.js';
import { editStyles } from './edit.styles.js';
import { editor } from './editor.js';
import { stepTo, versionSwitch } from './version-switch.js';
import { whenShown } from './when-shown.js';

const pencil = 'M4 20l.8-4.2L16.3 4.3a1.8 1.8 0 0 1 2.6 0l.8.8a1.8 1.8 0 0 1 0 2.6L8.2 19.2zM14.2 6.4l3.4 3.4';

/** Lets a visitor put a question in other words. What was asked and answered before stays, one step away. */
export function createFeature(chat: FeatureHost): Feature {
  const drafts = new Map<string, string>();

  async function open(event: Event, { id, text }: ConversationMessage): Promise<void> {
    drafts.set(id, text);
    const message = await updateMessage(event);
    const input = message?.querySelector('textarea');
    input?.focus();
    input?.setSelectionRange(text.length, text.length);
  }

  async function close(event: Event, { id }: ConversationMessage): Promise<void> {
    drafts.delete(id);
    const message = await updateMessage(event);
    focusPencil(message);
  }

  async function ask(event: Event, question: ConversationMessage): Promise<void> {
    const element = (event.currentTarget as HTMLElement).closest('nova-message');
    const draft = drafts.get(question.id)?.trim() ?? '';
    if (!askInstead(chat, question, draft)) return;
    drafts.delete(question.id);
    await whenShown(chat);
    focusPencil(element);
  }

  function tools(message: ConversationMessage): TemplateResult | typeof nothing {
    const words = featureWords(chat);
    const version = branchesOf(chat.conversation).versionOf(message.id);
    // One that waits to be asked has no name yet.
    const canEdit = message.role === 'user' && message.id !== '' && hasAction(chat, 'edit');
    if (!canEdit && version.count === 1) return nothing;
    return html`<div class="tools ${message.role === 'user' ? 'of-question' : ''} ${version.count > 1 ? 'stays' : ''}" part="actions">
      ${
        canEdit
          ? html`<button class="tool pencil" part="action" type="button" aria-label=${words.editQuestion} title=${words.editQuestion} @click=${(event: Event) => void open(event, message)}>
              ${lineIcon(pencil)}
            </button>`
          : nothing
      }
      ${
        version.count > 1
          ? versionSwitch({
              version,
              words,
              isBusy: chat.conversation.getState().live !== undefined,
              onStep: (event, step) => void stepTo(chat, event, { id: message.id, step }),
            })
          : nothing
      }
    </div>`;
  }

  branchesOf(chat.conversation);
  return {
    styles: editStyles,
    views: {
      text(message) {
        const draft = drafts.get(message.id);
        if (draft === undefined || message.role !== 'user') return undefined;
        return editor({
          draft,
          words: featureWords(chat),
          onInput: (event, text) => {
            drafts.set(message.id, text);
            void updateMessage(event);
          },
          onCancel: (event) => void close(event, message),
          onAsk: (event) => void ask(event, message),
        });
      },
      after(message) {
        const isShown = message.role === 'user' ? !drafts.has(message.id) : !isUnderWay(message);
        return isShown ? tools(message) : undefined;
      },
    },
    onChange(state, previous) {
      branchesOf(chat.conversation);
      // The switches rest while an answer is under way.
      if (!state.live === !previous.live) return;
      const { messages } = state;
      if (branchesOf(chat.conversation).getTree().length > messages.length) chat.refresh();
    },
  };
}

function focusPencil(message: Element | null | undefined): void {
  message?.querySelector<HTMLElement>('.pencil')?.focus({ preventScroll: true });
}
