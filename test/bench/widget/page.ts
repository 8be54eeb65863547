// Runs in the pages of the benchmark, beside the chat.
import { type BenchedChat, nextFrame } from './benched-chat.js';

/** What a run of an answer has cost the reader. */
export interface AnswerFigures {
  /** From the question until the whole answer is shown. */
  shownMs: number;
  longTasks: number;
  longestTaskMs: number;
  /** Longest time between two frames. */
  longestGapMs: number;
}

export interface BenchPage {
  measure(question: string, limitMs: number): Promise<AnswerFigures | undefined>;
}

/** Stands in front of the time in the console. */
export const readyMark = 'ready after';

declare global {
  interface Window {
    bench: BenchPage;
  }
}

const storedMessages = (): string[] =>
  JSON.parse(document.querySelector('script[type="application/json"]')?.textContent ?? '[]');

/**
 * Makes a chat the one that the page measures. Says in the console when the input could be typed into, in ms from the
 * start of the navigation: to ask the page for it would cost it as much as a part of the chat.
 */
export function benchmark(chat: BenchedChat): void {
  void chat
    .open(storedMessages())
    .then(nextFrame)
    .then(() => console.info(readyMark, performance.now()));
  window.bench = {
    async measure(question, limitMs) {
      const tasks: number[] = [];
      const observer = new PerformanceObserver((list) =>
        tasks.push(...list.getEntries().map((entry) => entry.duration)),
      );
      observer.observe({ type: 'longtask' });
      const start = performance.now();
      let [frameAt, longestGapMs] = [start, 0];
      chat.ask(question);
      do {
        await nextFrame();
        const now = performance.now();
        longestGapMs = Math.max(longestGapMs, now - frameAt);
        frameAt = now;
        if (now - start > limitMs) return;
      } while (!chat.isShown());
      const shownMs = performance.now() - start;
      await nextFrame();
      // A long task is told of after it has ended.
      await new Promise((resolve) => setTimeout(resolve, 200));
      observer.disconnect();
      return { shownMs, longTasks: tasks.length, longestTaskMs: Math.max(0, ...tasks), longestGapMs };
    },
  };
}
