import type { FeatureHost } from '../feature.js';
import { openArchive } from './history-commands.js';
import { toKeyPrefix } from './is-history-wanted.js';
import { openStorage } from './open-storage.js';

/** What a tab shows. */
export interface Shown {
  /** '': a conversation that has not begun. Undefined: nothing is known. */
  id: string | undefined;
  isOpen: boolean;
}

export interface ShownMemory {
  read(): Shown;
  keep(shown: Shown): void;
  forget(): void;
}

/** Remembers for the next page of this tab which conversation is shown, and whether the panel is open. */
export function createShownMemory(chat: FeatureHost, persist: 'none' | 'session' | 'local'): ShownMemory {
  const storage = openStorage(persist === 'none' ? 'none' : 'session');
  // Not among the conversations, which have keys that begin with the prefix.
  const key = `shown|${toKeyPrefix(chat)}`;
  const isWhole = (): boolean =>
    chat.mode === 'fullscreen' || matchMedia('(max-width: 480px), (max-height: 480px)').matches;
  return {
    read() {
      const [id, open] = storage.get(key)?.split(' ') ?? [];
      // What covers the whole page opens only when it is asked for.
      return { id, isOpen: open === 'open' && !isWhole() };
    },
    keep({ id, isOpen }) {
      const heads = openArchive(chat).heads();
      const known = heads.some((head) => head.id === id) ? id : '';
      // Nothing is stored before there is something to come back to.
      if (heads.length > 0) storage.set(key, `${known} ${isOpen ? 'open' : 'closed'}`);
      else storage.remove(key);
    },
    forget: () => storage.remove(key),
  };
}
