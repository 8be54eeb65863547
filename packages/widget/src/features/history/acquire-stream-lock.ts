import { branchesOf, type ConversationArchive } from '@nova-chat/client/conversation';
import type { TabChannel } from './tab-channel.js';
import { createThreadId, releaseStreamLock, type Thread } from './thread.js';

/** A tab that runs releases its lock sooner. */
const handOverMs = 2000;

/**
 * Takes the lock to stream for a thread; when another tab holds it, or has asked something meanwhile, the thread becomes
 * another conversation.
 */
export async function acquireStreamLock(thread: Thread, tabs: TabChannel, archive: ConversationArchive): Promise<void> {
  thread.release = await tabs.tryLock(thread.id);
  // The lock of an answer that has just ended is about to be free, maybe after a tab that waited for it.
  if (!thread.release && performance.now() - thread.endedAt < handOverMs) {
    thread.release = await tabs.waitForLock(thread.id, AbortSignal.timeout(handOverMs));
    if (isBehind(thread, archive)) releaseStreamLock(thread);
  }
  if (thread.release) return;
  thread.id = createThreadId();
  thread.release = await tabs.tryLock(thread.id);
}

/** Tells whether a question has been stored that a thread does not know. */
function isBehind({ id, conversation }: Thread, archive: ConversationArchive): boolean {
  const known = JSON.stringify(branchesOf(conversation).getTree());
  return !!archive.read(id)?.tree.some(({ message }) => message.role === 'user' && !known.includes(message.id));
}
