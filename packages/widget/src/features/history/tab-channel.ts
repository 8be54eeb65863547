import type { ConversationHead, StoredAnswer } from '@nova-chat/client/conversation';
import type { ChatEvent } from '@nova-chat/client/protocol';

export type EndEvent = Extract<ChatEvent, { type: 'end' }>;

/** What a visitor can change of what a list shows. */
export type HeadChange = Partial<Pick<ConversationHead, 'title' | 'isNamed' | 'unread'>>;

/** What tabs tell each other. `id` names a conversation. */
export type TabMessage =
  /** It has been removed. */
  | { type: 'removed'; id: string }
  /** It has been stored; `change` is what an answer under way must not write over. */
  | { type: 'changed'; id: string; change?: HeadChange | undefined }
  /** Its answer has come so far. */
  | { type: 'live'; id: string; answer: StoredAnswer }
  /** Its answer has ended; `answer` is all of it. */
  | { type: 'end'; id: string; answer: StoredAnswer; end: EndEvent }
  /** A visitor wants its answer to end. */
  | { type: 'stop'; id: string };

/** Releases the lock to stream. */
export type ReleaseLock = () => void;

/** Connects the tabs that show the same conversations. */
export interface TabChannel {
  /** Whether there can be another tab to share locks with. */
  readonly isShared: boolean;
  /** Takes the lock to stream an answer; undefined when another tab holds it. */
  tryLock(id: string): Promise<ReleaseLock | undefined>;
  /** Waits for the lock; undefined when `signal` ends the wait. */
  waitForLock(id: string, signal: AbortSignal): Promise<ReleaseLock | undefined>;
  post(message: TabMessage): void;
  /** Starts listening to the other tabs. */
  open(): void;
  /** Stops listening. Releases no locks. */
  close(): void;
}

/** Names the channel of a chat's tabs. With `session`, only the chats of one page share it. */
export function toChannelName(prefix: string, persist: 'none' | 'session' | 'local'): string | undefined {
  return { none: undefined, session: `${prefix}${performance.timeOrigin}`, local: prefix }[persist];
}

const alone: ReleaseLock = () => {};

/**
 * Connects all tabs that use the same name, which is asked each time. Without one, or without the APIs in the browser, each
 * tab is alone.
 */
export function createTabChannel(getName: () => string | undefined, hear: (message: unknown) => void): TabChannel {
  const getLocks = (): LockManager | undefined =>
    getName() === undefined || typeof BroadcastChannel === 'undefined' ? undefined : navigator.locks;
  let channel: BroadcastChannel | undefined;

  function ask(id: string, options: LockOptions): Promise<ReleaseLock | undefined> {
    return new Promise((resolve) => {
      const hold = (lock: Lock | null): Promise<void> | undefined => {
        if (lock) return new Promise((release) => resolve(release));
        resolve(undefined);
        return undefined;
      };
      const isAborted = (error: unknown): boolean => error instanceof DOMException && error.name === 'AbortError';
      const locks = getLocks();
      // A sandboxed frame has the API and no leave to use it: it is alone.
      if (!locks) resolve(alone);
      else
        locks
          .request(`${getName()}${id}`, options, hold)
          .catch((error: unknown) => resolve(isAborted(error) ? undefined : alone));
    });
  }

  return {
    get isShared() {
      return getLocks() !== undefined;
    },
    tryLock: (id) => ask(id, { ifAvailable: true }),
    waitForLock: (id, signal) => ask(id, { signal }),
    post: (message) => channel?.postMessage(message),
    open() {
      if (!getLocks() || channel) return;
      channel = new BroadcastChannel(getName() ?? '');
      channel.onmessage = ({ data }) => hear(data);
    },
    close() {
      channel?.close();
      channel = undefined;
    },
  };
}
