import { type ConversationState, lastMessage } from '@nova-chat/client/conversation';
import { featureWords } from '../../i18n/feature-strings.js';
import { fill } from '../../i18n/fill.js';
import type { Feature, FeatureHost } from '../feature.js';
import { toRelativeTime } from './to-relative-time.js';

/** Counts down when a server asks to wait, and keeps questions back until then. */
export function createFeature(chat: FeatureHost): Feature {
  let error: unknown;
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
    const waitMs = last?.retryAfterMs ?? 0;
    until = performance.now() + waitMs;
    stop();
    run();
    if (waitMs > 0) chat.announce(fill(featureWords(chat).waitUntil, when(waitMs)));
    chat.refresh();
  };
  look(chat.conversation.getState());

  chat.addEventListener('nova-before-send', (event) => {
    if (leftMs() > 0) event.preventDefault();
  });

  return {
    views: { retry: () => (leftMs() > 0 ? fill(featureWords(chat).retryWhen, when(leftMs())) : undefined) },
    onChange: look,
    onConnect: run,
    onDisconnect: stop,
  };
}
