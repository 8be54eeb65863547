import { type Attachment, type ConversationListener, lastMessage } from '@nova-chat/client/conversation';
import type { NovaBeforeSendEvent } from '../../events/nova-events.js';
import { featureWords } from '../../i18n/feature-strings.js';
import { fill } from '../../i18n/fill.js';
import type { FeatureHost } from '../feature.js';
import { createKeptFiles } from './kept-files.js';
import { type Refusal, readAttachment, sizeOf } from './read-attachment.js';

/** So many reasons are shown when a whole folder is dropped. */
const maxReasons = 3;

/** What goes along with the next question. */
export interface ChosenFiles {
  readonly list: readonly Attachment[];
  /** Why files of those that came last were not taken, each reason once. */
  readonly problems: readonly string[];
  add(files: Iterable<File>): Promise<void>;
  remove(attachment: Attachment): void;
  onBeforeSend(event: NovaBeforeSendEvent): void;
  onSend(): void;
  onChange: ConversationListener;
  /** They go along into another conversation, as the words do. */
  onMove(): void;
  /** The page goes away. */
  onLeave(): void;
  onShutdown(): void;
}

const reasons = {
  kind: 'wrongKind',
  size: 'tooLarge',
  unreadable: 'unreadable',
  count: 'tooMany',
} as const satisfies Record<Refusal | 'count', string>;

export function createChosenFiles(chat: FeatureHost): ChosenFiles {
  const kept = createKeptFiles(chat);
  let list = kept.take();
  chat.attached = list.length > 0;
  let problems: readonly string[] = [];
  /** Those of a question that was not sent: they come back with its words. */
  let returned: readonly Attachment[] | undefined;
  /** Rises with each visitor who is forgotten. */
  let visitors = 0;

  const set = (attachments: readonly Attachment[], told: readonly string[] = []): void => {
    list = attachments;
    problems = told;
    chat.attached = list.length > 0;
    chat.refresh();
  };

  return {
    get list() {
      return list;
    },
    get problems() {
      return problems;
    },
    async add(files) {
      if (chat.disabled) return;
      const visitor = visitors;
      const told = new Set<string>();
      for (const file of files) {
        const room = chat.maxAttachmentBytes - list.reduce((sum, attachment) => sum + sizeOf(attachment), 0);
        const read = list.length < chat.maxAttachments ? await readAttachment(file, room) : 'count';
        if (visitor !== visitors) return;
        const words = featureWords(chat);
        const isRefused = typeof read === 'string';
        const said = fill(words[isRefused ? reasons[read] : 'attached'], toValues(chat, file));
        if (isRefused && told.size < maxReasons) told.add(said);
        set(isRefused ? list : [...list, read], [...told]);
        chat.announce(said);
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
    onMove() {
      returned = undefined;
    },
    // Those of a refused question come back with it.
    onLeave: () => kept.keep(list === returned ? [] : list),
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
