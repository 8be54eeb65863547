import { type Attachment, parseMessage } from '@nova-chat/client/conversation';
import { parseJson, writeJson } from '@nova-chat/client/protocol';
import type { FeatureHost } from '../feature.js';
import { openStorage } from '../shared/open-storage.js';
import { toSideKey } from '../shared/side-key.js';
import { toKeyPrefix } from '../to-key-prefix.js';

/** Takes what is chosen from one page of a tab to the next. */
export interface KeptFiles {
  keep(files: readonly Attachment[]): void;
  /** Gives back what was kept, once. */
  take(): readonly Attachment[];
}

/** Keeps what is chosen where the words of the input are kept, which are read as if all were there. */
export function createKeptFiles(chat: FeatureHost): KeptFiles {
  const prefix = toKeyPrefix(chat);
  const key = toSideKey(chat, 'files');
  const tab = openStorage('session');
  // Nothing is stored before there is a conversation to come back to.
  const hasConversation = (): boolean => openStorage(chat.persist || 'session').keys(prefix).length > 0;
  return {
    keep(files) {
      if (files.length > 0 && hasConversation()) tab.set(key, writeJson(files));
      else tab.remove(key);
    },
    take() {
      const text = tab.get(key);
      tab.remove(key);
      return chat.persist === 'none' ? [] : parseFiles(text);
    },
  };
}

/** Another script may have written anything to the storage. */
function parseFiles(text = ''): readonly Attachment[] {
  const message = { id: 'files', role: 'user', status: 'sending', createdAt: 0, attachments: parseJson(text) };
  return parseMessage(message)?.attachments ?? [];
}
