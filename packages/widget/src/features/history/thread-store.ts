import {
  branchesOf,
  type Conversation,
  type ConversationHead,
  type ConversationMessage,
  type ConversationState,
  parseAnswer,
  type StoredConversation,
} from '@nova-chat/client/conversation';
import { acquireStreamLock } from './acquire-stream-lock.js';
import { type AnswerAutosave, createAnswerAutosave } from './create-answer-autosave.js';
import { openThread } from './open-thread.js';
import { addBranches, isAsStored, restoreThread } from './restore-thread.js';
import { searchConversations } from './search-conversations.js';
import type { HeadChange, TabMessage } from './tab-channel.js';
import { createThread, createThreadId, releaseStreamLock, renewThread, type Thread, toStored } from './thread.js';
import type { ThreadStoreOptions } from './thread-store-options.js';
import { toAdoptedId } from './to-adopted-id.js';
import { toEnd } from './to-end.js';
import { toRetryAt } from './wait-again.js';

/** Holds the conversations of a chat: those in hand, and through the archive all others. */
export class ThreadStore {
  /** The thread of a conversation that was begun elsewhere: its requests do not name a thread. */
  adopted: Thread | undefined;
  readonly #options: ThreadStoreOptions;
  readonly #threads = new Map<Thread, AnswerAutosave>();
  /** Locks that are being taken. */
  readonly #locking = new Map<Thread, Promise<void>>();
  #isLeaving = false;

  constructor(options: ThreadStoreOptions) {
    this.#options = options;
  }

  /** Whether an answer is under way. */
  get isLive(): boolean {
    return [...this.#threads.keys()].some(({ role }) => role !== 'idle');
  }

  /** All conversations that are kept, the newest first. */
  heads(): ConversationHead[] {
    return this.#options.archive.heads();
  }

  /** Those in which each word of `query` stands, in the title or in what is said; with a blank one, all. */
  search(query: string): ConversationHead[] {
    return searchConversations(this.#options.archive, query);
  }

  /** Begins a conversation; nothing of it is stored before its first question. */
  create(): Thread {
    return this.#open({});
  }

  /** Takes in a conversation that was begun elsewhere. */
  adopt(conversation: Conversation): Thread {
    const stored = this.#options.archive.read(toAdoptedId(conversation) ?? '');
    this.adopted = createThread(conversation, stored ?? { id: toAdoptedId(conversation) ?? createThreadId() });
    this.#subscribe(this.adopted);
    // What was said in other words, or since the page has stored it, stays beside it.
    if (stored) addBranches(this.adopted, stored);
    branchesOf(conversation);
    const { messages, live } = conversation.getState();
    if (live) {
      this.adopted.role = 'leader';
      void this.acquireLock(this.adopted);
    }
    if (messages.length > 0) this.store(this.adopted);
    return this.adopted;
  }

  /** Gives the thread of a conversation. */
  of(conversation: Conversation): Thread | undefined {
    return [...this.#threads.keys()].find((thread) => thread.conversation === conversation);
  }

  /** Opens a conversation and continues its answer; undefined when it is not kept. */
  open(id: string): Thread | undefined {
    const known = this.#find(id);
    const stored = known ? undefined : this.#options.archive.read(id);
    if (!stored) return known;
    const thread = this.#open(stored);
    restoreThread(thread, stored);
    return thread;
  }

  /** Releases all that are no longer needed, except `kept`. */
  trim(kept: Thread): void {
    for (const [thread, autosave] of this.#threads) {
      const isNeeded = thread === kept || thread.conversation.getState().live || thread === this.adopted;
      if (isNeeded) continue;
      autosave.stop();
      this.#threads.delete(thread);
    }
  }

  /** Removes a conversation and ends its answer; gives back what `put` takes. */
  remove(id: string): StoredConversation | undefined {
    const { archive, tabs } = this.#options;
    const thread = this.#find(id);
    // What has come of its answer belongs to what can be put back.
    thread?.conversation.stop();
    const stored = thread?.isStored ? toStored(thread) : archive.read(id);
    archive.remove(id);
    if (thread) this.#empty(thread);
    tabs.post({ type: 'removed', id });
    this.#options.onChange();
    return stored;
  }

  /**
   * Stores a conversation that was removed again; an answer that was under way has ended. Gives its id, which is another
   * one: a tab that hears late of the removal finds nothing of it.
   */
  put(stored: StoredConversation): string {
    const id = createThreadId();
    this.#options.archive.write({ ...stored, id, isLive: false, live: undefined });
    this.#announce(id);
    return id;
  }

  /** Changes what a list shows of a conversation. */
  amend(id: string, change: HeadChange): void {
    const { archive } = this.#options;
    const thread = this.#find(id);
    if (thread) Object.assign(thread, change);
    const stored = archive.read(id);
    if (stored) archive.write({ ...stored, ...change });
    this.#announce(id, change);
  }

  /**
   * Takes the lock to stream for a thread; undefined when it holds it already. When another tab does, the thread becomes
   * another conversation.
   */
  acquireLock(thread: Thread): Promise<void> | undefined {
    if (thread.release) return undefined;
    if (!this.#options.tabs.isShared) {
      this.store(thread);
      return undefined;
    }
    const locking = this.#locking.get(thread) ?? this.#lock(thread).finally(() => this.#locking.delete(thread));
    this.#locking.set(thread, locking);
    return locking;
  }

  async #lock(thread: Thread): Promise<void> {
    await acquireStreamLock(thread, this.#options.tabs, this.#options.archive);
    // It may have been stopped meanwhile.
    if (!thread.conversation.getState().live) releaseStreamLock(thread);
    else this.store(thread);
  }

  /** Stores a thread as it stands, and tells the other tabs. */
  store(thread: Thread): void {
    // What breaks while the page goes away is not what the next page is to find.
    if (this.#isLeaving || thread.role === 'follower' || thread.conversation.getState().messages.length === 0) return;
    thread.isStored = this.#options.archive.write(toStored(thread));
    this.#announce(thread.id);
  }

  /** The page goes away: stores what is under way, and nothing from then on. */
  leave(): void {
    this.storeLive();
    this.#isLeaving = true;
  }

  /** Stores what is under way as it stands. */
  storeLive(): void {
    for (const thread of this.#threads.keys()) if (thread.role === 'leader') this.store(thread);
  }

  /** The page has come back; what happened meanwhile has been stored. */
  comeBack(): void {
    this.#isLeaving = false;
    for (const thread of this.#threads.keys()) {
      const isGone = thread.isStored && thread.role === 'idle' && !this.#options.archive.read(thread.id);
      if (isGone) this.#empty(thread);
      else this.catchUp(thread.id);
    }
  }

  /** Takes a message of another tab. */
  handleTabMessage(data: unknown): void {
    const message = (data ?? {}) as TabMessage;
    const thread = this.#find(message.id);
    if (message.type === 'changed') {
      if (thread) Object.assign(thread, message.change);
      this.catchUp(message.id);
    } else if (message.type === 'removed') {
      if (thread) this.#empty(thread);
      // This tab may have stored it after that.
      this.#options.archive.remove(message.id);
      this.#options.onChange();
    } else if (message.type === 'stop') {
      if (thread?.role === 'leader') thread.conversation.stop();
    } else if (thread?.hear) {
      const answer = parseAnswer(message.answer);
      if (answer) thread.hear({ ...message, answer });
    } else if (message.type === 'live') this.catchUp(message.id);
  }

  /** Another tab has changed a conversation; what it has stored may still be on its way to this one. */
  catchUp(id: string): void {
    const { archive, tabs, onChange, onOpen } = this.#options;
    const thread = this.#find(id);
    const stored = thread && thread.role !== 'idle' ? undefined : archive.read(id);
    // Where tabs cannot tell which one streams, an answer of another tab is left to it until it has ended.
    const isOthers = stored?.live && !tabs.isShared;
    if (stored && thread && !isOthers) {
      const { title, isNamed, unread, live } = stored;
      Object.assign(thread, { title, isNamed, unread });
      const isOld = live && live.message.id === thread.followed;
      if (!isOld && (live || !isAsStored(thread, stored))) restoreThread(thread, stored);
    } else if (stored?.live && !isOthers) {
      const opened = this.open(id);
      if (opened) onOpen(opened);
    }
    onChange();
  }

  #open(head: Partial<ConversationHead>): Thread {
    const thread = openThread(this.#options.transport, head);
    this.#subscribe(thread);
    return thread;
  }

  #subscribe(thread: Thread): void {
    const autosave = createAnswerAutosave(thread, { ...this.#options, isLeaving: () => this.#isLeaving });
    this.#threads.set(thread, autosave);
    thread.conversation.subscribe((state, previous) => {
      if (thread.isRestoring || !this.#threads.has(thread)) return;
      const { text, toolSteps } = state.live?.message ?? {};
      // A tool runs only after it is stored that it has begun, for a tab that continues after this one.
      if (toolSteps && previous.live && toolSteps !== previous.live.message.toolSteps) autosave.saveNow();
      else if (text !== undefined && previous.live) autosave.saveSoon(text.length);
      else this.#handleChange(thread, state, previous);
    });
  }

  #handleChange(thread: Thread, state: ConversationState, { live }: ConversationState): void {
    if (state.live) {
      // By its first question, so that it is the same one at the next load.
      if (thread === this.adopted && !thread.isStored) thread.id = toAdoptedId(thread.conversation) ?? thread.id;
      thread.updatedAt = Date.now();
      thread.role = thread.pending ? 'follower' : 'leader';
      thread.reached = undefined;
      thread.place = undefined;
    } else if (live) this.#end(thread, state, live.message);
    // A conversation may be empty only for as long as it takes to put another one in its place.
    else queueMicrotask(() => this.#storeOrRenew(thread));
  }

  #end(thread: Thread, state: ConversationState, live: ConversationMessage): void {
    const { answer, end } = toEnd(state, live);
    const isOwn = thread.role === 'leader';
    Object.assign(thread, { role: 'idle', hear: undefined, pending: undefined, retryAt: toRetryAt(state) });
    if (isOwn) {
      this.#options.onEnd(thread, end);
      this.#options.tabs.post({ type: 'end', id: thread.id, answer, end });
      this.store(thread);
    }
    releaseStreamLock(thread);
    if (state.messages.length === 0) this.#storeOrRenew(thread);
    this.#options.onChange();
  }

  #storeOrRenew(thread: Thread): void {
    const { messages, live } = thread.conversation.getState();
    if (live) return;
    if (messages.length > 0) this.store(thread);
    else {
      // Cleared: what is asked next is another conversation.
      this.remove(thread.id);
      renewThread(thread);
    }
  }

  #announce(id: string, change?: HeadChange): void {
    this.#options.tabs.post({ type: 'changed', id, change });
    this.#options.onChange();
  }

  /** Takes everything out of a thread without another word. */
  #empty(thread: Thread): void {
    thread.isRestoring = true;
    thread.conversation.clear();
    thread.isRestoring = false;
    this.#threads.get(thread)?.stop();
    if (thread.role === 'leader') releaseStreamLock(thread);
    Object.assign(thread, { isStored: false, role: 'idle', hear: undefined });
    renewThread(thread);
  }

  #find(id: string): Thread | undefined {
    return [...this.#threads.keys()].find((thread) => thread.id === id);
  }
}
