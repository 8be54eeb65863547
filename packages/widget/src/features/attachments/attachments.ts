import type { Attachment, ConversationMessage } from '@nova-chat/client/conversation';
import { html, nothing, type TemplateResult } from 'lit';
import { featureWords } from '../../i18n/feature-strings.js';
import { isRightToLeft } from '../../i18n/is-right-to-left.js';
import type { Feature, FeatureHost } from '../feature.js';
import { draftMoves } from '../shared/draft-moves.js';
import { lineIcon } from '../shared/line-icon.js';
import { attachmentsStyles } from './attachments.styles.js';
import { createChosenFiles } from './chosen-files.js';
import { thumbnail } from './thumbnail.js';

const clip = 'M20 11.5 12 19.5a5.2 5.2 0 0 1-7.4-7.4l8.3-8.2a3.5 3.5 0 0 1 5 5l-8.2 8.2a1.8 1.8 0 0 1-2.6-2.5l7.5-7.4';
const paper = 'M7 3h7l4 4v14H7zM14 3v4h4';
const cross = 'M7 7l10 10M17 7 7 17';

/** Takes images and text files along with a question: by picker, from the clipboard, or dropped on the panel. */
export function createFeature(chat: FeatureHost): Feature {
  const chosen = createChosenFiles(chat);

  const add = async (files: FileList | null): Promise<void> => {
    // A list of the browser's is emptied with what it came from.
    await chosen.add([...(files ?? [])]);
    await chat.updateComplete;
    // What has come last, and what is said of it, stands at the end.
    chat.renderRoot.querySelector('.chosen')?.scrollTo(0, 1e5);
  };
  const onPick = (event: Event): void => {
    const input = event.target as HTMLInputElement;
    void add(input.files);
    input.value = '';
  };
  const onPaste = (event: ClipboardEvent): void => {
    const { files, types } = event.clipboardData ?? {};
    // Words and cells come with a picture of themselves; a picture of the web has no words, a file no HTML.
    const isText = types?.includes('text/plain') && types.includes('text/html');
    if (!files?.length || isText) return;
    event.preventDefault();
    void add(files);
  };
  const onDrop = (event: DragEvent): void => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    if (event.type === 'drop') void add(event.dataTransfer.files);
  };
  const onRemove = (attachment: Attachment): void => {
    chosen.remove(attachment);
    void chat.updateComplete.then(() => {
      const root = chat.renderRoot as ShadowRoot;
      // Its button may have gone with it.
      if (root.activeElement) return;
      const find = (selector: string): HTMLElement | null => root.querySelector(selector);
      (find('.chosen .attachment:last-of-type button') ?? find('.attach input'))?.focus({ preventScroll: true });
    });
  };

  chat.addEventListener('paste', onPaste);
  chat.addEventListener('dragover', onDrop);
  chat.addEventListener('drop', onDrop);
  chat.addEventListener('nova-before-send', chosen.onBeforeSend);
  chat.addEventListener('nova-send', chosen.onSend);
  chat.addEventListener(draftMoves, chosen.onMove);
  chat.addEventListener('nova-shutdown', chosen.onShutdown);

  const picker = (): TemplateResult => html`<label class="attach round" part="attach">
    <input class="vh" type="file" multiple aria-label=${featureWords(chat).attach} ?disabled=${chat.disabled} @change=${onPick} />
    ${lineIcon(clip)}
  </label>`;

  const chosenList = (): unknown => {
    const { list, problems } = chosen;
    if (list.length === 0 && problems.length === 0) return undefined;
    const { remove } = featureWords(chat);
    // Not `auto`: what is said begins with a name, which may be in other letters.
    const direction = isRightToLeft(chat.language) ? 'rtl' : 'ltr';
    return html`<div class="attachments chosen">
      ${list.map((attachment) => chip(attachment, () => onRemove(attachment), remove))}
      ${problems.map((problem) => html`<p class="bad" dir=${direction}>${problem}</p>`)}
    </div>`;
  };

  const sentList = ({ attachments }: ConversationMessage): unknown =>
    attachments.length > 0 ? html`<div class="attachments">${attachments.map((sent) => chip(sent))}</div>` : undefined;

  const { onChange, onLeave } = chosen;
  return {
    styles: attachmentsStyles,
    onChange,
    onConnect: () => addEventListener('pagehide', onLeave),
    onDisconnect: () => removeEventListener('pagehide', onLeave),
    views: { start: picker, above: chosenList, before: sentList },
  };
}

function chip(attachment: Attachment, onRemove?: () => void, remove = ''): TemplateResult {
  const { type, name } = attachment;
  return html`<span class="attachment" part="attachment">
    ${type === 'image' ? thumbnail(attachment.url) : lineIcon(paper)}
    <span class="name" dir="auto" title=${name}>${name}</span>
    ${
      onRemove
        ? html`<button part="remove" type="button" aria-label="${remove}: ${name}" @click=${onRemove}>${lineIcon(cross)}</button>`
        : nothing
    }
  </span>`;
}
