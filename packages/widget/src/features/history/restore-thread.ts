import { branchesOf, type StoredConversation } from '@nova-chat/client/conversation';
import { type Thread, toStored } from './thread.js';
import { withWait } from './wait-again.js';

/** Puts into a thread what was stored of it, and asks for the rest of an answer that was under way. */
export function restoreThread(thread: Thread, { tree, live, updatedAt, retryAt }: StoredConversation): void {
  const { conversation } = thread;
  thread.updatedAt = updatedAt;
  thread.retryAt = retryAt;
  thread.isStored = thread.isRestoring = true;
  branchesOf(conversation).restore(withWait(tree, retryAt));
  thread.isRestoring = false;
  if (!live) return;
  // The relay takes it with the request.
  thread.pending = live;
  if (!conversation.retry() && !conversation.regenerate()) thread.pending = undefined;
}

/** Takes what was stored of a thread in beside what it says itself. */
export function addBranches(thread: Thread, { tree }: StoredConversation): void {
  const { conversation } = thread;
  const { messages, live } = conversation.getState();
  if (live) return;
  thread.isRestoring = true;
  branchesOf(conversation).restore(tree);
  conversation.load(messages);
  thread.isRestoring = false;
}

/** Tells whether a thread says what was stored of it. */
export function isAsStored(thread: Thread, { tree }: StoredConversation): boolean {
  return JSON.stringify(tree) === JSON.stringify(toStored(thread).tree);
}
