import type { SafeStorage } from '@nova-chat/client/conversation';
import { awaitedKey } from '../../embed/loader-key.js';
import type { FeatureHost } from '../feature.js';
import { agreementOf } from '../shared/agreement.js';
import { openStorage } from '../shared/open-storage.js';
import { toSideKey } from '../shared/side-key.js';
import { openArchive } from './open-archive.js';

/** What a tab shows. */
export interface Shown {
  /** '': a conversation that has not begun. Undefined: nothing is known. */
  id: string | undefined;
  isOpen: boolean;
}

export interface ShownMemory {
  /** Whether the server is known to keep answers for a page that is loaded again. */
  canResume(): boolean;
  keepCanResume(): void;
  read(): Shown;
  /** `isLive`: an answer is under way. */
  keep(shown: Shown & { isLive: boolean }): void;
  /** Keeps what stands in the input. */
  keepDraft(text: string): void;
  /** Gives it back, once. */
  takeDraft(): string;
  forget(): void;
}

/** Remembers for the next page of this tab which conversation is shown, and whether the panel is open. */
export function createShownMemory(chat: FeatureHost): ShownMemory {
  const [page, tab] = [openStorage('none'), openStorage('session')];
  const here = (): SafeStorage => (chat.persist === 'none' ? page : tab);
  const key = toSideKey(chat, 'shown');
  const draftKey = toSideKey(chat, 'draft');
  const resumeKey = toSideKey(chat, 'resume');
  const forgetShown = (from: SafeStorage): void => {
    from.remove(key);
    // The mark may be that of another chat of the page.
    if (from.get(awaitedKey) === key) from.remove(awaitedKey);
  };
  const forget = (from: SafeStorage): void => {
    forgetShown(from);
    from.remove(draftKey);
    from.remove(resumeKey);
  };
  if (chat.persist === 'none') forget(tab);
  return {
    canResume: () => here().get(resumeKey) !== undefined,
    keepCanResume: () => here().set(resumeKey, 'yes'),
    read() {
      const [id, open] = here().get(key)?.split(' ') ?? [];
      // What covers the whole page opens only when it is asked for.
      return { id, isOpen: open === 'open' && !chat.isWhole };
    },
    keep({ id, isOpen, isLive }) {
      const heads = openArchive(chat).heads();
      const known = heads.some((head) => head.id === id) ? id : '';
      // Nothing is stored before there is something to come back to.
      if (heads.length === 0 || !(isOpen || isLive)) forgetShown(here());
      if (heads.length > 0) here().set(key, `${known} ${isOpen ? 'open' : 'closed'}`);
      // The next page loads the chat without being asked.
      if (heads.length > 0 && (isOpen || isLive)) here().set(awaitedKey, key);
    },
    keepDraft(text) {
      // Before the first question only where the page has asked for it, and the visitor agrees.
      const isWanted = chat.persist && agreementOf(chat).isGiven();
      if (text && (isWanted || openArchive(chat).heads().length > 0)) here().set(draftKey, text);
      else here().remove(draftKey);
    },
    takeDraft() {
      const draft = here().get(draftKey) ?? '';
      here().remove(draftKey);
      return draft;
    },
    forget() {
      forget(page);
      forget(tab);
    },
  };
}
