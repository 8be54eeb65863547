import type { FeatureHost } from '../feature.js';
import type { TabLink } from './tab-link.js';
import type { ThreadStore } from './thread-store.js';

/** What a chat hears of its page. */
export interface PageLife {
  /** The chat is in a page. */
  begin(): void;
  /** The chat may have left its page: lets go of all that is outside of it, as soon as no answer needs it any more. */
  settle(): void;
}

/** Stores what is under way when a page goes away, and looks what has happened when it comes back. */
export function createPageLife(options: { chat: FeatureHost; tabs: TabLink; threads: ThreadStore }): PageLife {
  const { chat, tabs, threads } = options;
  let isHearing = false;

  const onPageHide = (): void => {
    threads.leave();
    tabs.close();
  };
  const onPageShow = ({ persisted }: PageTransitionEvent): void => {
    if (!persisted) return;
    tabs.open();
    threads.comeBack();
  };
  // A phone may end a page that is hidden without another word.
  const onVisibility = (): void => {
    if (document.visibilityState === 'hidden') threads.storeLive();
  };

  return {
    begin() {
      if (isHearing) return;
      isHearing = true;
      tabs.open();
      addEventListener('pagehide', onPageHide);
      addEventListener('pageshow', onPageShow);
      document.addEventListener('visibilitychange', onVisibility);
    },
    settle() {
      // It may only have been moved, and an answer goes on without a page around its chat.
      queueMicrotask(() => {
        if (chat.isConnected || threads.isLive || !isHearing) return;
        isHearing = false;
        tabs.close();
        removeEventListener('pagehide', onPageHide);
        removeEventListener('pageshow', onPageShow);
        document.removeEventListener('visibilitychange', onVisibility);
      });
    },
  };
}
