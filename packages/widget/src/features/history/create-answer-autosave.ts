import type { ConversationArchive } from '@nova-chat/client/conversation';
import { createThrottle } from './create-throttle.js';
import type { TabChannel } from './tab-channel.js';
import { type Thread, toLive, toStored } from './thread.js';

/** An answer under way is stored so often at most; other tabs hear of it more often. */
const storeMs = 1000;
const tellMs = 250;

/** Stores the answer of a thread that is under way, and tells the other tabs of it. */
export interface AnswerAutosave {
  /** In a while; `length` is that of the answer: what a long one costs each time must not grow with it. */
  saveSoon(length: number): void;
  saveNow(): void;
  stop(): void;
}

export interface AnswerAutosaveOptions {
  archive: ConversationArchive;
  tabs: TabChannel;
  /** Whether the page goes away: nothing is stored from then on. */
  isLeaving: () => boolean;
}

export function createAnswerAutosave(
  thread: Thread,
  { archive, tabs, isLeaving }: AnswerAutosaveOptions,
): AnswerAutosave {
  let storedAt = Number.NEGATIVE_INFINITY;
  let hadPlace = false;
  const keep = (isUrgent: boolean): void => {
    const answer = thread.role === 'leader' && toLive(thread);
    if (!answer) return;
    tabs.post({ type: 'live', id: thread.id, answer });
    const now = performance.now();
    const isFirstPlace = !hadPlace && answer.place !== undefined;
    hadPlace = answer.place !== undefined;
    const restMs = storedAt + storeMs - now;
    // What comes last before a silence is stored too.
    if (restMs > 0 && !isFirstPlace && !isUrgent) {
      storing.start(restMs);
      return;
    }
    storing.stop();
    storedAt = now;
    if (!isLeaving()) archive.write(toStored(thread));
  };
  const telling = createThrottle(() => keep(false));
  const storing = createThrottle(() => keep(true));
  return {
    saveSoon: (length) => telling.start(tellMs + length / 100),
    saveNow: () => keep(true),
    stop() {
      telling.stop();
      storing.stop();
    },
  };
}
