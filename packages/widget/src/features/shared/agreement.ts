import type { FeatureHost } from '../feature.js';
import { openKept } from './open-kept.js';
import { toSideKey } from './side-key.js';

/** What a visitor has agreed to. */
export interface Agreement {
  /** Whether nothing is asked for, or the visitor has agreed to just these words. */
  isGiven(): boolean;
  give(): void;
  takeBack(): void;
  /** Resolves when it is given, at once if it is; with false when `signal` ends the wait. */
  whenGiven(signal: AbortSignal): Promise<boolean>;
}

const agreements = new WeakMap<FeatureHost, Agreement>();

/** Gives the agreement of a chat, which is kept where conversations are, as `persist` says. The same each time. */
export function agreementOf(chat: FeatureHost): Agreement {
  const agreement = agreements.get(chat) ?? createAgreement(chat);
  agreements.set(chat, agreement);
  return agreement;
}

function createAgreement(chat: FeatureHost): Agreement {
  const key = toSideKey(chat, 'consent');
  const storage = openKept(chat, key);
  // Another tab may have given it, or taken it back.
  const isGiven = (): boolean => chat.consent == null || chat.consent === storage.get(key);
  return {
    isGiven,
    give: () => storage.set(key, chat.consent ?? ''),
    takeBack: () => storage.remove(key),
    whenGiven(signal) {
      return new Promise((resolve) => {
        const look = (): void => {
          if (!isGiven() && !signal.aborted) return;
          chat.removeController(controller);
          signal.removeEventListener('abort', look);
          resolve(isGiven());
        };
        // Other words, and none, come with an update; so does the visitor's yes.
        const controller = { hostUpdated: look };
        chat.addController(controller);
        signal.addEventListener('abort', look);
        look();
      });
    },
  };
}
