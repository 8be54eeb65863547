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

/** Gives back the turn to stream. */
export type Release = () => void;

/** What ties the tabs that show the same conversations. */
export interface TabLink {
  /** Whether there can be another tab to take turns with. */
  readonly isShared: boolean;
  /** Takes the turn to stream an answer; undefined when another tab has it. */
  take(id: string): Promise<Release | undefined>;
  /** Waits for the turn; undefined when `signal` ends the wait. */
  wait(id: string, signal: AbortSignal): Promise<Release | undefined>;
  post(message: TabMessage): void;
  /** Begins to hear the others. */
  open(): void;
  /** Hears nobody any more. Turns are not given back by it. */
  close(): void;
}

/** Names what ties the tabs of a chat. What a tab keeps for itself, only the chats of its one page share. */
export function toLinkName(prefix: string, persist: 'none' | 'session' | 'local'): string | undefined {
  return { none: undefined, session: `${prefix}${performance.timeOrigin}`, local: prefix }[persist];
}

const alone: Release = () => {};

/**
 * Ties all tabs that use the same name, which is asked each time. Without one, or where the browser has not what it takes,
 * each tab is alone.
 */
export function createTabLink(getName: () => string | undefined, hear: (message: unknown) => void): TabLink {
  const getLocks = (): LockManager | undefined =>
    getName() === undefined || typeof BroadcastChannel === 'undefined' ? undefined : navigator.locks;
  let channel: BroadcastChannel | undefined;

  function ask(id: string, options: LockOptions): Promise<Release | undefined> {
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
    take: (id) => ask(id, { ifAvailable: true }),
    wait: (id, signal) => ask(id, { signal }),
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
