import {
  type BranchTree,
  type ConversationState,
  createMessage,
  lastMessage,
  shownPath,
} from '@nova-chat/client/conversation';

/** Tells when a server that has asked to wait may be asked again, in milliseconds since 1970; undefined when none has. */
export function toRetryAt(state: ConversationState): number | undefined {
  const { retryAfterMs } = lastMessage(state)?.error ?? {};
  return retryAfterMs && Date.now() + retryAfterMs;
}

/** Puts what is left of a wait back where the server had asked for it: no page that is loaded again makes it shorter. */
export function withWait(tree: BranchTree, retryAt = 0): BranchTree {
  const retryAfterMs = retryAt - Date.now();
  const last = shownPath(tree).at(-1);
  if (retryAfterMs <= 0 || !last?.error) return tree;
  const message = createMessage({ ...last, error: { ...last.error, retryAfterMs } });
  return tree.map((branch) => (branch.message === last ? { ...branch, message } : branch));
}
