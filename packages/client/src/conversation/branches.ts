import { type BranchTree, pathThrough, shownPath, versionsOf, withPath } from './branch-tree.js';
import type { Conversation } from './conversation.js';
import type { ConversationMessage } from './conversation-message.js';

/** Which version of a message is shown, counted from 1. */
export interface Version {
  number: number;
  count: number;
}

/** The other versions of questions and answers, besides the path that a conversation shows. */
export interface Branches {
  /** All of it, as JSON that can be stored. */
  getTree(): BranchTree;
  /** Replaces everything with a stored tree, and shows its path. */
  restore(tree: BranchTree): void;
  /** Says which of its versions a message is; `{ number: 1, count: 1 }` for one that stands alone. */
  versionOf(id: string): Version;
  /**
   * Shows another version of a message, and what was said behind it: `step` versions on, or back when negative. False
   * when there is none, or an answer is under way.
   */
  show(id: string, step: number): boolean;
  /**
   * Asks another question in place of one: `ask` sends it, to a conversation that ends before the former one.
   * Ends an answer under way; what has arrived of it stays in its branch. False when `ask` gives false: the same path
   * is shown then.
   */
  edit(id: string, ask: () => boolean): boolean;
}

const branchesByConversation = new WeakMap<Conversation, Branches>();

/** Gives the branches of a conversation, which are kept from the first call on. The same object each time. */
export function branchesOf(conversation: Conversation): Branches {
  const branches = branchesByConversation.get(conversation) ?? createBranches(conversation);
  branchesByConversation.set(conversation, branches);
  return branches;
}

function createBranches(conversation: Conversation): Branches {
  let tree: BranchTree = [];
  let path: readonly ConversationMessage[] = [];
  let isMoving = false;

  function update(): void {
    const { messages } = conversation.getState();
    if (isMoving || messages === path) return;
    const isKnown = messages.some(({ id }) => tree.some(({ message }) => message.id === id));
    const goesOn = path.every(({ id }, index) => id === messages[index]?.id);
    // Cleared, or another conversation in its place.
    if (messages.length === 0 || !(isKnown || goesOn)) tree = [];
    tree = withPath(tree, messages);
    path = messages;
  }

  function go(messages: readonly ConversationMessage[]): void {
    tree = withPath(tree, messages);
    isMoving = true;
    conversation.load(messages);
    isMoving = false;
    path = conversation.getState().messages;
  }

  const { messages, live } = conversation.getState();
  if (live?.replaced) tree = withPath(tree, [...messages, live.replaced]);
  update();
  conversation.subscribe(update);

  return {
    getTree() {
      // Another listener may ask before this one has heard of a change.
      update();
      return tree;
    },
    restore(stored) {
      tree = stored;
      go(shownPath(stored));
    },
    versionOf(id) {
      const versions = versionsOf(tree, id);
      return { number: Math.max(1, versions.indexOf(id) + 1), count: Math.max(1, versions.length) };
    },
    show(id, step) {
      const versions = versionsOf(tree, id);
      const wanted = versions[versions.indexOf(id) + step];
      if (wanted === undefined || wanted === id || conversation.getState().live) return false;
      go(pathThrough(tree, wanted));
      return true;
    },
    edit(id, ask) {
      const place = conversation.getState().messages.findIndex((message) => message.id === id);
      if (place < 0) return false;
      conversation.stop();
      const former = conversation.getState().messages;
      go(former.slice(0, place));
      const isAsked = ask();
      if (!isAsked) go(former);
      return isAsked;
    },
  };
}
