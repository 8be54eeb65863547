import type { FeatureHost } from '../feature.js';
import { openKept } from '../shared/open-kept.js';
import { openStorage } from '../shared/open-storage.js';
import { toSideKey } from '../shared/side-key.js';

/** Remembers for the next page, as `persist` says, the model that a visitor has chosen. */
export interface ChosenModel {
  /**
   * Gives the model that was chosen instead of `given`, the page's own; '' when none was. A page that has changed its
   * mind wins.
   */
  read(given: string): string;
  keep(given: string, chosen: string): void;
  forget(): void;
}

export function createChosenModel(chat: FeatureHost): ChosenModel {
  const key = toSideKey(chat, 'model');
  const storage = openKept(chat, key);
  const forget = (): void => {
    storage.remove(key);
    for (const persist of ['session', 'local'] as const) openStorage(persist).remove(key);
  };
  if (chat.persist === 'none') forget();
  // What is kept moves along with `persist` once it is looked at.
  chat.addController({ hostUpdate: () => void storage.get(key) });
  return {
    read(given) {
      const [instead, chosen = ''] = storage.get(key)?.split('\n') ?? [];
      return instead === given ? chosen : '';
    },
    keep: (given, chosen) => storage.set(key, `${given}\n${chosen}`),
    forget,
  };
}
