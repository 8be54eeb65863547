import { type ConversationArchive, createArchive } from '@nova-chat/client/conversation';
import type { FeatureHost } from '../feature.js';
import { openKept } from '../shared/open-kept.js';
import { toKeyPrefix } from '../to-key-prefix.js';

const archives = new WeakMap<FeatureHost, ConversationArchive>();

/** Opens what is kept of a chat; the same each time. */
export function openArchive(chat: FeatureHost): ConversationArchive {
  const known = archives.get(chat);
  const archive = known ?? createArchive({ storage: openKept(chat, toKeyPrefix(chat)), prefix: toKeyPrefix(chat) });
  archives.set(chat, archive);
  return archive;
}
