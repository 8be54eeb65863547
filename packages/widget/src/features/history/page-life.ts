import type { FeatureHost } from '../feature.js';
import { toKeyPrefix } from '../to-key-prefix.js';
import type { TabLink } from './tab-link.js';
import type { ThreadStore } from './thread-store.js';

/** What a chat hears of its page. */
export interface PageLife {
  /** The chat is in a page. */
  begin(): void;
  /** The others are tied by another name now. */
  retie(): void;
  /** The chat may have left its page: lets go of all that is outside of it, as soon as no answer needs it any more. */
  settle(): void;
}

export interface PageLifeOptions {
  chat: FeatureHost;
  tabs: TabLink;
  threads: ThreadStore;
  /** The page may be left without another word. */
  onLeave: () => void;
}

/** Stores what is under way when a page goes away, and looks what has happened when it comes back. */
export function createPageLife(options: PageLifeOptions): PageLife {
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
    retie() {
      tabs.close();
      if (isHearing) tabs.open();
    },
    settle() {
      // It may only have been moved, and an answer goes on without a page around its chat.
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
