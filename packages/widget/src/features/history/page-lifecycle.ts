import type { FeatureHost } from '../feature.js';
import { toKeyPrefix } from '../to-key-prefix.js';
import type { TabChannel } from './tab-channel.js';
import type { ThreadStore } from './thread-store.js';

/** What happens to the page of a chat. */
export interface PageLifecycle {
  /** The chat is in a page. */
  begin(): void;
  /** The channel of the tabs has another name now. */
  reconnect(): void;
  /** The chat may have left its page: removes all listeners, as soon as no answer needs them any more. */
  releaseWhenIdle(): void;
}

export interface PageLifecycleOptions {
  chat: FeatureHost;
  tabs: TabChannel;
  threads: ThreadStore;
  /** The page may be left without another word. */
  onLeave: () => void;
}

/** Stores what is under way when a page goes away, and looks what has happened when it comes back. */
export function createPageLifecycle(options: PageLifecycleOptions): PageLifecycle {
  const { chat, tabs, threads, onLeave } = options;
  const prefix = toKeyPrefix(chat);
  let isHearing = false;

  const onPageHide = (): void => {
    onLeave();
    threads.leave();
    tabs.close();
  };
  const onPageShow = ({ persisted }: PageTransitionEvent): void => {
    if (!persisted) return;
    tabs.open();
    threads.comeBack();
  };
  // A browser tells of what another tab has stored when it is there to be read, which a message may come before.
  const onStorage = ({ key, newValue }: StorageEvent): void => {
    if (newValue !== null && key?.startsWith(prefix)) threads.catchUp(key.slice(prefix.length));
  };
  // A phone may end a page that is hidden without another word.
  const onVisibility = (): void => {
    if (document.visibilityState !== 'hidden') return;
    onLeave();
    threads.storeLive();
  };

  return {
    begin() {
      if (isHearing) return;
      isHearing = true;
      tabs.open();
      addEventListener('pagehide', onPageHide);
      addEventListener('pageshow', onPageShow);
      addEventListener('storage', onStorage);
      document.addEventListener('visibilitychange', onVisibility);
    },
    reconnect() {
      tabs.close();
      if (isHearing) tabs.open();
    },
    releaseWhenIdle() {
      // It may only have been moved, and an answer continues while its chat is out of the page.
      queueMicrotask(() => {
        if (chat.isConnected || threads.isLive || !isHearing) return;
        isHearing = false;
        tabs.close();
        removeEventListener('pagehide', onPageHide);
        removeEventListener('pageshow', onPageShow);
        removeEventListener('storage', onStorage);
        document.removeEventListener('visibilitychange', onVisibility);
      });
    },
  };
}
