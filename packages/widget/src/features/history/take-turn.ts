import { branchesOf, type ConversationArchive } from '@nova-chat/client/conversation';
import type { TabLink } from './tab-link.js';
import { createThreadId, giveBackTurn, type Thread } from './thread.js';

/** A tab that runs gives its turn back sooner. */
const handOverMs = 2000;

/**
 * Takes the turn to stream for a thread; when another tab has it, or has asked something meanwhile, the thread goes on as
 * another conversation.
 */
export async function takeTurn(thread: Thread, tabs: TabLink, archive: ConversationArchive): Promise<void> {
  thread.release = await tabs.take(thread.id);
  // The turn of an answer that has just ended is on its way back, maybe through a tab that waited for it to end.
  if (!thread.release && performance.now() - thread.endedAt < handOverMs) {
    thread.release = await tabs.wait(thread.id, AbortSignal.timeout(handOverMs));
    if (isBehind(thread, archive)) giveBackTurn(thread);
  }
  if (thread.release) return;
  thread.id = createThreadId();
  thread.release = await tabs.take(thread.id);
}

/** Tells whether a question has been stored that a thread does not know. */
function isBehind({ id, conversation }: Thread, archive: ConversationArchive): boolean {
  const known = JSON.stringify(branchesOf(conversation).getTree());
  return !!archive.read(id)?.tree.some(({ message }) => message.role === 'user' && !known.includes(message.id));
}
