import type { ConversationState } from '@nova-chat/client/conversation';
import { ahead, type FeatureHost } from '../feature.js';
import { toKeyPrefix } from '../to-key-prefix.js';

/** An answer that takes so long may be reloaded away; a shorter one has ended before anybody thinks of it. */
const longAnswerMs = 500;

/** The first look into the storage stops the page for as long as the browser likes: a chat that begins shows itself before. */
const lookAfterMs = 50;

/** Says whether there is something to keep, or something that was kept; `ahead` when there may soon be. */
export function isHistoryWanted(chat: FeatureHost, { messages, live }: ConversationState): unknown {
  // An answer that waits for its first word causes no update that would ask again: a timer does.
  if (live) return live.message.createdAt + longAnswerMs <= Date.now() || askAgain(chat, longAnswerMs);
  const isKept = messages[0] || (chat.persist && chat.persist !== 'none');
  // A visitor who is there may ask with one click, on a starter. A finger taps as soon as it is there.
  return (
    isKept ||
    (chat.hasUpdated ? hasKept(chat) || (chat.matches(':hover, :focus-within') && ahead) : askAgain(chat, lookAfterMs))
  );
}

/** Also with `none`, to delete it. */
function hasKept(chat: FeatureHost): unknown {
  try {
    return [...Object.keys(sessionStorage), ...Object.keys(localStorage)].some((key) =>
      key.startsWith(toKeyPrefix(chat)),
    );
  } catch {
    // Where storage is forbidden, looking at it throws.
  }
}

/** Gives nothing, that is: not wanted yet. */
function askAgain(chat: FeatureHost, afterMs: number): void {
  setTimeout(() => chat.requestUpdate(), afterMs);
}
