import { type ConversationMessage, createMessage } from './conversation-message.js';

/** One version of a message, and where it stands. */
export interface Branch {
  readonly message: ConversationMessage;
  /** The message in front of it; null for a first one. */
  readonly parentId: string | null;
  /** Whether it is the version to be shown behind the message in front of it. */
  readonly isShown: boolean;
}

/** Every version of every message of a conversation, in the order of their arrival. Plain JSON. */
export type BranchTree = readonly Branch[];

/**
 * Takes in what is shown now, from the first message on: a message that is new behind its predecessor becomes another
 * version there, one that is known gets its present content. Nothing is lost but answers of which not a word came and
 * that another one has taken the place of. Pure.
 */
export function withPath(tree: BranchTree, path: readonly ConversationMessage[]): BranchTree {
  const messages = new Map(path.map((message) => [message.id, message]));
  const parentIds = toParentIds(path);
  const followed = new Set(parentIds.values());
  const parents = new Set(tree.map(({ parentId }) => parentId));
  const known = new Set<string>();
  const former = tree.flatMap((branch): Branch[] => {
    const { id } = branch.message;
    const message = messages.get(id);
    if (message) {
      known.add(id);
      return [{ message, parentId: parentIds.get(id) ?? null, isShown: true }];
    }
    if (!followed.has(branch.parentId)) return [branch];
    return isBlank(branch.message) && !parents.has(id) ? [] : [{ ...branch, isShown: false }];
  });
  const added = [...messages.values()].filter(({ id }) => !known.has(id));
  return [
    ...former,
    ...added.map((message) => ({ message, parentId: parentIds.get(message.id) ?? null, isShown: true })),
  ];
}

/** Gives the path through a message: what leads to it, and what is to be shown behind it. */
export function pathThrough(tree: BranchTree, id: string): ConversationMessage[] {
  const branches = new Map(tree.map((branch) => [branch.message.id, branch]));
  const way: ConversationMessage[] = [];
  let branch = branches.get(id);
  if (!branch) return [];
  while (branch) {
    way.push(branch.message);
    branch = branch.parentId === null ? undefined : branches.get(branch.parentId);
  }
  return [...way.reverse(), ...pathBehind(tree, id)];
}

/** Gives what is to be shown, from the first message on. */
export function shownPath(tree: BranchTree): ConversationMessage[] {
  return pathBehind(tree, null);
}

/** Gives the ids of all versions of a message, itself included, in the order of their arrival. */
export function versionsOf(tree: BranchTree, id: string): string[] {
  const own = tree.find(({ message }) => message.id === id);
  if (!own) return [];
  return tree.filter(({ parentId }) => parentId === own.parentId).map(({ message }) => message.id);
}

function pathBehind(tree: BranchTree, id: string | null): ConversationMessage[] {
  const shown = new Map<string | null, Branch>();
  for (const branch of tree) {
    if (branch.isShown || !shown.get(branch.parentId)?.isShown) shown.set(branch.parentId, branch);
  }
  const path: ConversationMessage[] = [];
  for (let branch = shown.get(id); branch; branch = shown.get(branch.message.id)) path.push(branch.message);
  return path;
}

/** A message that stands twice in a path counts where it stands first. */
function toParentIds(path: readonly ConversationMessage[]): Map<string, string | null> {
  const parentIds = new Map<string, string | null>();
  let parentId: string | null = null;
  for (const { id } of path) {
    if (parentIds.has(id)) continue;
    parentIds.set(id, parentId);
    parentId = id;
  }
  return parentIds;
}

function isBlank({ role, text, reasoning, toolSteps }: ConversationMessage): boolean {
  return role === 'assistant' && text === '' && reasoning === '' && toolSteps.length === 0;
}

/**
 * Restores a tree from stored JSON; undefined when it is not one. What was under way is marked as stopped.
 * Messages have passed `parseMessage` then; a branch that leads nowhere makes the whole worthless.
 */
export function parseBranchTree(
  value: unknown,
  parseMessage: (value: unknown) => ConversationMessage | undefined,
): BranchTree | undefined {
  if (!Array.isArray(value)) return undefined;
  const tree: Branch[] = [];
  for (const item of value as unknown[]) {
    const { message: stored, parentId = null, isShown } = (item ?? {}) as Partial<Record<keyof Branch, unknown>>;
    const message = parseMessage(stored);
    if (!message || (parentId !== null && typeof parentId !== 'string')) return undefined;
    const isUnderWay = message.status === 'sending' || message.status === 'streaming';
    const settled = isUnderWay ? createMessage({ ...message, status: 'aborted' }) : message;
    tree.push({ message: settled, parentId, isShown: isShown === true });
  }
  return isRooted(tree) ? tree : undefined;
}

/** Each message stands once, and the way back from it ends at a first one. */
function isRooted(tree: BranchTree): boolean {
  const parentIds = new Map(tree.map(({ message, parentId }) => [message.id, parentId]));
  if (parentIds.size !== tree.length) return false;
  const rooted = new Set<string | null>([null]);
  for (const { message } of tree) {
    const way = new Set<string>();
    let id: string | null | undefined = message.id;
    while (id !== null && id !== undefined && !rooted.has(id)) {
      if (way.has(id)) return false;
      way.add(id);
      id = parentIds.get(id);
    }
    if (id === undefined) return false;
    for (const step of way) rooted.add(step);
  }
  return true;
}
