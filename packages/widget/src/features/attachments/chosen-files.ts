import { type Attachment, type ConversationListener, lastMessage } from '@nova-chat/client/conversation';
import type { NovaBeforeSendEvent } from '../../events/nova-events.js';
import { featureWords } from '../../i18n/feature-strings.js';
import { fill } from '../../i18n/fill.js';
import type { FeatureHost } from '../feature.js';
import { type Refusal, readAttachment, sizeOf } from './read-attachment.js';

/** What goes along with the next question. */
export interface ChosenFiles {
  readonly list: readonly Attachment[];
  /** Why the last file was not taken; empty when it was. */
  readonly problem: string;
  add(files: Iterable<File>): Promise<void>;
  remove(attachment: Attachment): void;
  onBeforeSend(event: NovaBeforeSendEvent): void;
  onSend(): void;
  onChange: ConversationListener;
  onShutdown(): void;
}

const problems = {
  kind: 'wrongKind',
  size: 'tooLarge',
  unreadable: 'unreadable',
  count: 'tooMany',
} as const satisfies Record<Refusal | 'count', string>;

export function createChosenFiles(chat: FeatureHost): ChosenFiles {
  let list: readonly Attachment[] = [];
  let problem = '';
  /** Those of a question that was not sent: they come back with its words. */
  let returned: readonly Attachment[] | undefined;
  /** Counts those who have left. */
  let visitors = 0;

  const set = (attachments: readonly Attachment[], said = ''): void => {
    list = attachments;
    problem = said;
    chat.attached = list.length > 0;
    chat.refresh();
  };

  return {
    get list() {
      return list;
    },
    get problem() {
      return problem;
    },
    async add(files) {
      if (chat.disabled) return;
      const visitor = visitors;
      for (const file of files) {
        const room = chat.maxAttachmentBytes - list.reduce((sum, attachment) => sum + sizeOf(attachment), 0);
        const read = list.length < chat.maxAttachments ? await readAttachment(file, room) : 'count';
        if (visitor !== visitors) return;
        const words = featureWords(chat);
        const said = typeof read === 'string' ? fill(words[problems[read]], toValues(chat, file)) : '';
        set(typeof read === 'string' ? list : [...list, read], said);
        chat.announce(said || fill(words.attached, { name: file.name }));
      }
    },
    remove: (attachment) => set(list.filter((other) => other !== attachment)),
    onBeforeSend: ({ attachments }) => void attachments.push(...list),
    onSend: () => set([]),
    onChange(state) {
      const last = lastMessage(state);
      const isRefused = last?.role === 'user' && last.status === 'failed' && last.attachments.length > 0;
      const back = isRefused ? last.attachments : undefined;
      if (back === returned) return;
      const isOurs = back ? list.length === 0 : list === returned;
      returned = back;
      if (isOurs) set(back ?? []);
    },
    onShutdown() {
      visitors += 1;
      set([]);
    },
  };
}

function toValues(
  { language, maxAttachments, maxAttachmentBytes }: FeatureHost,
  { name }: File,
): Record<string, string> {
  const size = new Intl.NumberFormat(language, { style: 'unit', unit: 'kilobyte', maximumFractionDigits: 0 });
  return { name, size: size.format(maxAttachmentBytes / 1000), count: String(maxAttachments) };
}
