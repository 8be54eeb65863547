import type { ConversationState } from '@nova-chat/client/conversation';
import type { FeatureHost } from '../feature.js';
import { toKeyPrefix } from '../to-key-prefix.js';

/** An answer that takes so long may be reloaded away; a shorter one has ended before anybody thinks of it. */
const longAnswerMs = 1500;

/** Says whether there is something to keep, or something that was kept. */
export function isHistoryWanted(chat: FeatureHost, { messages, live }: ConversationState): boolean {
  if (messages.length > 0) return !live || Date.now() - live.message.createdAt > longAnswerMs;
  // Also with `none`, to delete it.
  return (chat.persist || 'none') !== 'none' || hasKept(chat);
}

function hasKept(chat: FeatureHost): boolean {
  const isKeptIn = (storage: Storage): boolean => Object.keys(storage).some((key) => key.startsWith(toKeyPrefix(chat)));
  try {
    // Where storage is forbidden, looking at it throws.
    return isKeptIn(sessionStorage) || isKeptIn(localStorage);
  } catch {
    return false;
  }
}
