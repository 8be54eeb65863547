import {
  type AnswerPlace,
  branchesOf,
  type ChatInput,
  type Conversation,
  type ConversationHead,
  type ConversationMessage,
  parseMessage,
  type StoredAnswer,
  type StoredConversation,
  type ToolStep,
  toTitle,
} from '@nova-chat/client/conversation';
import type { askedBy } from '../shared/asked-by.js';
import type { ReleaseLock, TabMessage } from './tab-channel.js';

/** A conversation that this page has in hand. */
export interface Thread {
  id: string;
  title: string;
  isNamed: boolean;
  createdAt: number;
  updatedAt: number;
  unread: number;
  readonly conversation: Conversation;
  /** Whether it stands in the archive. */
  isStored: boolean;
  /** Whether its changes only restore what was stored. */
  isRestoring: boolean;
  /**
   * Who receives its answer: this tab (`leader`), or another one that this tab listens to (`follower`). `idle`: there is
   * none under way.
   */
  role: 'idle' | 'leader' | 'follower';
  /** An earlier answer that the next request continues. */
  pending: StoredAnswer | undefined;
  /** The last earlier answer that was continued. What a slow storage says of it later is old. */
  followed: string | undefined;
  /** When its last answer ended, by `performance.now()`; 0: with the page before this one, whose lock is about to be free too. */
  endedAt: number;
  /** Asks where the answer could be picked up now. */
  place: (() => AnswerPlace | undefined) | undefined;
  /** When a server that has asked to wait may be asked again, in milliseconds since 1970. */
  retryAt: number | undefined;
  /** The last point at which words and place fitted together. */
  reached: StoredAnswer | undefined;
  /** Releases this tab's lock to stream; undefined when it holds none. */
  release: ReleaseLock | undefined;
  /** Takes the messages of the tab that streams. */
  hear: ((message: TabMessage) => void) | undefined;
}

/** A request that may say which thread asks. */
export interface ThreadInput extends ChatInput {
  [askedBy]?: Thread | undefined;
}

/** Makes a thread of a conversation. */
export function createThread(conversation: Conversation, head: Partial<ConversationHead> = {}): Thread {
  const { id = createThreadId(), title = '', isNamed = false, createdAt = Date.now(), unread = 0 } = head;
  return {
    id,
    title,
    isNamed,
    createdAt,
    updatedAt: head.updatedAt ?? createdAt,
    unread,
    conversation,
    isStored: false,
    isRestoring: false,
    role: 'idle',
    pending: undefined,
    followed: undefined,
    endedAt: 0,
    place: undefined,
    retryAt: undefined,
    reached: undefined,
    release: undefined,
    hear: undefined,
  };
}

/** Gives a thread as it is stored. */
export function toStored(thread: Thread): StoredConversation {
  const { id, isNamed, createdAt, updatedAt, unread, retryAt, conversation } = thread;
  const { messages } = conversation.getState();
  const live = toLive(thread);
  const title = isNamed ? thread.title : toTitle(messages);
  const tree = branchesOf(conversation)
    .getTree()
    .map((branch) => ({ ...branch, message: toPlain(branch.message) }));
  return { id, title, isNamed, createdAt, updatedAt, unread, isLive: live !== undefined, tree, live, retryAt };
}

/**
 * Gives the answer of a thread that is under way: as far as it could be picked up, or all of it if it could not. What calls a
 * tool that has begun to run cannot be: it would run again.
 */
export function toLive(thread: Thread): StoredAnswer | undefined {
  const { live } = thread.conversation.getState();
  if (!live) return undefined;
  const { message } = live;
  const place = thread.place?.();
  // Events arrive in microtasks: outside of them both are at the same point.
  if (place) thread.reached = { message, place };
  const { reached } = thread;
  const hasRun = ({ status }: ToolStep): boolean => status !== 'asked' && status !== 'refused';
  const isBehind = message.toolSteps.some((step) => hasRun(step) && !reached?.message.toolSteps.includes(step));
  return reached && !isBehind ? reached : { message, place: undefined };
}

/** Gives a message without what JSON and other tabs would make something else of, such as the class of an error. */
export function toPlain(message: ConversationMessage): ConversationMessage {
  return parseMessage(message) ?? message;
}

/** Names a conversation: random words, unique in practice. */
export function createThreadId(): string {
  return `${Date.now().toString(36)}${Math.random().toString(36).slice(2, 10)}`;
}

/** Makes a thread that has been emptied another conversation. */
export function renewThread(thread: Thread): void {
  Object.assign(thread, { id: createThreadId(), title: '', isNamed: false, unread: 0, createdAt: Date.now() });
}

/** Lets another tab stream for a thread. */
export function releaseStreamLock(thread: Thread): void {
  thread.release?.();
  thread.release = undefined;
  thread.endedAt = performance.now();
}
