import type { Attachment, ConversationMessage } from '@nova-chat/client/conversation';
import { html, nothing, type TemplateResult } from 'lit';
import type { NovaBeforeSendEvent } from '../../events/nova-events.js';
import { featureWords } from '../../i18n/feature-strings.js';
import { fill } from '../../i18n/fill.js';
import type { Feature, FeatureHost } from '../feature.js';
import { lineIcon } from '../line-icon.js';
import { attachmentsStyles } from './attachments.styles.js';
import { type Refusal, readAttachment, sizeOf } from './read-attachment.js';
import { thumbnail } from './thumbnail.js';

const clip = 'M20 11.5 12 19.5a5.2 5.2 0 0 1-7.4-7.4l8.3-8.2a3.5 3.5 0 0 1 5 5l-8.2 8.2a1.8 1.8 0 0 1-2.6-2.5l7.5-7.4';
const paper = 'M7 3h7l4 4v14H7zM14 3v4h4';
const cross = 'M7 7l10 10M17 7 7 17';

/** Takes images and text files along with a question: by picker, from the clipboard, or dropped on the panel. */
export function createFeature(chat: FeatureHost): Feature {
  let chosen: readonly Attachment[] = [];
  let problem = '';
  /** Counts those who have left. */
  let visitors = 0;

  const set = (attachments: readonly Attachment[], said = ''): void => {
    chosen = attachments;
    problem = said;
    chat.attached = chosen.length > 0;
    chat.refresh();
  };

  const add = async (files: Iterable<File>): Promise<void> => {
    if (chat.disabled) return;
    const visitor = visitors;
    for (const file of files) {
      const room = chat.maxAttachmentBytes - chosen.reduce((sum, attachment) => sum + sizeOf(attachment), 0);
      const read = chosen.length < chat.maxAttachments ? await readAttachment(file, room) : 'count';
      if (visitor !== visitors) return;
      const words = featureWords(chat);
      const said = typeof read === 'string' ? fill(words[problems[read]], toValues(chat, file)) : '';
      set(typeof read === 'string' ? chosen : [...chosen, read], said);
      chat.announce(said || fill(words.attached, { name: file.name }));
    }
  };

  const onPick = (event: Event): void => {
    const input = event.target as HTMLInputElement;
    void add([...(input.files ?? [])]);
    input.value = '';
  };
  const onPaste = (event: ClipboardEvent): void => {
    const files = event.clipboardData?.files;
    if (!files?.length) return;
    event.preventDefault();
    void add([...files]);
  };
  const onDrop = (event: DragEvent): void => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    if (event.type === 'drop') void add([...event.dataTransfer.files]);
  };
  const onBeforeSend = (event: NovaBeforeSendEvent): void => void event.attachments.push(...chosen);
  const onSend = (): void => set([]);
  const onShutdown = (): void => {
    visitors += 1;
    set([]);
  };

  chat.addEventListener('paste', onPaste);
  chat.addEventListener('dragover', onDrop);
  chat.addEventListener('drop', onDrop);
  chat.addEventListener('nova-before-send', onBeforeSend);
  chat.addEventListener('nova-send', onSend);
  chat.addEventListener('nova-shutdown', onShutdown);

  const picker = (): TemplateResult => html`<label class="attach round" part="attach">
    <input class="vh" type="file" multiple aria-label=${featureWords(chat).attach} ?disabled=${chat.disabled} @change=${onPick} />
    ${lineIcon(clip)}
  </label>`;

  const chosenList = (): unknown => {
    if (chosen.length === 0 && problem === '') return undefined;
    const { remove } = featureWords(chat);
    return html`<div class="attachments chosen">
      ${chosen.map((attachment) => chip(attachment, () => set(chosen.filter((other) => other !== attachment)), remove))}
      ${problem ? html`<p class="bad">${problem}</p>` : nothing}
    </div>`;
  };

  const sentList = ({ attachments }: ConversationMessage): unknown =>
    attachments.length > 0 ? html`<div class="attachments">${attachments.map((sent) => chip(sent))}</div>` : undefined;

  return { styles: attachmentsStyles, views: { start: picker, above: chosenList, before: sentList } };
}

const problems = {
  kind: 'wrongKind',
  size: 'tooLarge',
  unreadable: 'unreadable',
  count: 'tooMany',
} as const satisfies Record<Refusal | 'count', string>;

function toValues(
  { language, maxAttachments, maxAttachmentBytes }: FeatureHost,
  { name }: File,
): Record<string, string> {
  const size = new Intl.NumberFormat(language, { style: 'unit', unit: 'kilobyte', maximumFractionDigits: 0 });
  return { name, size: size.format(maxAttachmentBytes / 1000), count: String(maxAttachments) };
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
