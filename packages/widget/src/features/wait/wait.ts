import { type ConversationState, lastMessage } from '@nova-chat/client/conversation';
import { html } from 'lit';
import { featureWords } from '../../i18n/feature-strings.js';
import { fill } from '../../i18n/fill.js';
import type { Feature, FeatureHost } from '../feature.js';

import { toRelativeTime } from './to-relative-time.js';
import { waitStyles } from './wait.styles.js';

/** Visitors do not stay for longer waits: those are not counted down, and questions are not held back. */
const longestMs = 3_600_000;

/** Counts down when a server asks to wait, and keeps questions back until then, those that are asked again too. */
export function createFeature(chat: FeatureHost): Feature {
  /** The end of each wait that a server has asked for. */
  const ends = new WeakMap<object, number>();
  let error: unknown;
  /** Of the longest one: a server counts what a visitor asks, in whichever conversation. */
  let until = 0;
  let timer: ReturnType<typeof setInterval> | undefined;

  const leftMs = (): number => Math.max(0, until - performance.now());
  const when = (ms: number): Record<string, string> => ({ when: toRelativeTime(ms, chat.language) });

  const tick = (): void => {
    if (leftMs() === 0) {
      stop();
      chat.announce(featureWords(chat).canRetryNow);
    }
    chat.refresh();
  };
  const run = (): void => {
    if (leftMs() > 0) timer ??= setInterval(tick, 1000);
  };
  const stop = (): void => {
    clearInterval(timer);
    timer = undefined;
  };

  const look = (state: ConversationState): void => {
    const last = lastMessage(state)?.error;
    if (last === error) return;
    error = last;
    const askedMs = last?.retryAfterMs ?? 0;
    const waitMs = askedMs > longestMs ? 0 : askedMs;
    const isNew = last !== undefined && !ends.has(last);
    if (isNew) ends.set(last, performance.now() + waitMs);
    until = Math.max(until, (last && ends.get(last)) ?? 0);
    run();
    chat.refresh();
    if (!isNew) return;
    if (waitMs < askedMs) chat.announce(featureWords(chat).retryLater);
    if (waitMs > 0) chat.announce(fill(featureWords(chat).waitUntil, when(waitMs)));
  };
  look(chat.conversation.getState());

  chat.addEventListener('nova-before-send', (event) => {
    if (leftMs() === 0) return;
    event.preventDefault();
    chat.announce(fill(featureWords(chat).waitUntil, when(leftMs())));
  });

  return {
    styles: waitStyles,
    views: {
      // Where no message says it.
      above: () =>
        leftMs() > 0 && !error
          ? html`<p class="remark wait" dir="auto">${fill(featureWords(chat).waitUntil, when(leftMs()))}</p>`
          : undefined,
      retry: () => (leftMs() > 0 ? fill(featureWords(chat).retryWhen, when(leftMs())) : undefined),
      after: ({ error: { retryAfterMs = 0 } = {} }) =>
        retryAfterMs > longestMs ? html`<p class="quiet" dir="auto">${featureWords(chat).retryLater}</p>` : undefined,
    },
    onChange: look,
    onConnect: run,
    onDisconnect: stop,
  };
}
