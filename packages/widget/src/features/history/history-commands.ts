import { type ExportedConversation, shownPath, toJson, toMarkdown } from '@nova-chat/client/conversation';
import { NovaShutdownEvent } from '../../events/nova-events.js';
import { featureWords } from '../../i18n/feature-strings.js';
import type { FeatureHost } from '../feature.js';
import { agreementOf } from '../shared/agreement.js';
import { openStorage } from '../shared/open-storage.js';
import { isSideKey } from '../shared/side-key.js';
import { toKeyPrefix } from '../to-key-prefix.js';
import { openArchive } from './open-archive.js';
import { createShownMemory } from './shown-memory.js';
import { createTabChannel, toChannelName } from './tab-channel.js';

/** What conversations are exported as: Markdown, or JSON. */
export type ExportFormat = 'md' | 'json';

/** Asks the list of a chat, if it has been loaded, to do what a page wants. */
export class HistoryCommandEvent extends Event {
  readonly command: 'forget' | 'new' | 'open';
  readonly id: string;
  /** Set by the listener that carried it out. */
  isDone = false;

  constructor(command: HistoryCommandEvent['command'], id = '') {
    super('nova-history-command');
    this.command = command;
    this.id = id;
  }
}

/** Gives all conversations of a visitor as one text, or the one with `id`. Of a chat with `persist="none"`: what it holds. */
export function exportConversations(chat: FeatureHost, format: ExportFormat = 'md', id?: string): string {
  const archive = openArchive(chat);
  const ids = id === undefined ? archive.heads().map((head) => head.id) : [id];
  const conversations = ids.flatMap((one): ExportedConversation[] => {
    const stored = archive.read(one);
    if (!stored) return [];
    const { tree, live, title } = stored;
    const path = shownPath(tree);
    // Another answer takes the place of the one that is there.
    if (live && path.at(-1)?.role === 'assistant') path.pop();
    return [{ title, messages: live ? [...path, live.message] : path }];
  });
  if (format === 'json') return toJson(conversations);
  const { userSaid, assistantSaid, sources } = featureWords(chat);
  return toMarkdown(conversations, { user: userSaid, assistant: assistantSaid, sources });
}

/** Forgets all conversations of a visitor: those of this endpoint, in this tab and in the browser. */
export function deleteConversations(chat: FeatureHost): void {
  const command = new HistoryCommandEvent('forget');
  chat.dispatchEvent(command);
  if (command.isDone) return;
  chat.conversation.clear();
  // Other tabs may show what this one has not looked at.
  const prefix = toKeyPrefix(chat);
  for (const persist of ['session', 'local'] as const) {
    const tabs = createTabChannel(
      () => toChannelName(prefix, persist),
      () => {},
    );
    tabs.open();
    for (const key of openStorage(persist).keys(prefix)) tabs.post({ type: 'removed', id: key.slice(prefix.length) });
    tabs.close();
  }
  forgetAll(chat);
  createShownMemory(chat).forget();
}

/**
 * Forgets a visitor, as at a log-out: conversations, draft, files, the model that was chosen, the consent, `user` and
 * `context`; also what has not been read since the page was loaded. The chat stays where it is.
 */
export function forgetVisitor(chat: FeatureHost): void {
  deleteConversations(chat);
  agreementOf(chat).takeBack();
  chat.dispatchEvent(new NovaShutdownEvent());
  // One that has never been in a page has said nothing.
  for (const region of chat.renderRoot?.querySelectorAll('.vh[aria-live]') ?? []) region.textContent = '';
  // What a feature keeps beside the conversations, also one that this page does without.
  forgetAll(chat, (key) => isSideKey(chat, key));
  Object.assign(chat, { user: undefined, context: undefined, draft: '' });
}

/** Begins a new conversation; the former one stays. */
export function newConversation(chat: FeatureHost): void {
  const command = new HistoryCommandEvent('new');
  chat.dispatchEvent(command);
  // Before the first answer has ended there is nothing that could stay.
  if (!command.isDone) chat.conversation.clear();
}

/** Removes every key of the conversations of a chat, or those that `isOne` names. */
export function forgetAll(
  chat: FeatureHost,
  isOne: (key: string) => boolean = (key) => key.startsWith(toKeyPrefix(chat)),
): void {
  for (const persist of ['session', 'local'] as const) {
    const storage = openStorage(persist);
    for (const key of storage.keys('').filter(isOne)) storage.remove(key);
  }
}
