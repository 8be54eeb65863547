import type { ConversationState } from '@nova-chat/client/conversation';
import type { FeatureHost } from '../feature.js';

/** An answer that takes so long may be reloaded away; a shorter one has ended before anybody thinks of it. */
const longAnswerMs = 1500;

/** Says whether there is something to keep, or something that was kept. */
export function isHistoryWanted(chat: FeatureHost, { messages, live }: ConversationState): boolean {
  if (messages.length > 0) return !live || Date.now() - live.message.createdAt > longAnswerMs;
  return chat.persist ? chat.persist !== 'none' : hasKept(chat);
}

/** Stands in front of the keys of all that is kept of a chat: one for each endpoint and each `id` of an element. */
export function toKeyPrefix({ endpoint, id }: FeatureHost): string {
  return `nova-chat|${endpoint}|${id}|`;
}

function hasKept(chat: FeatureHost): boolean {
  try {
    // Where storage is forbidden, looking at it throws.
    return Object.keys(sessionStorage).some((key) => key.startsWith(toKeyPrefix(chat)));
  } catch {
    return false;
  }
}
