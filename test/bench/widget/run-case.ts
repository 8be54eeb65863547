import { setTimeout as delay } from 'node:timers/promises';
import type { Browser, CDPSession } from 'playwright-core';
import { type AnswerFigures, readyMark } from './page.js';
import { type ChatName, toQuestion } from './start-bench-site.js';

export interface Case {
  /** Messages that the chat has from before. */
  messages?: number;
  /** Length of the answer; none is asked for without it. */
  characters?: number;
  /** Between two tokens. Default: as fast as they are taken. */
  paceMs?: number;
  /** So many times slower is the processor. */
  throttle?: number;
}

/** What a case has cost in one page. Times in ms of the main thread, heap in MB. */
export interface CaseFigures extends Partial<AnswerFigures> {
  readyMs: number;
  heapMb: number;
  /** Of all tasks from the question to the whole answer. Without it the answer was not shown in time. */
  taskMs?: number;
  /** How long was waited for it. */
  limitMs?: number;
}

const graceMs = 15_000;

/** Opens a chat in a page of its own, and asks. */
export async function runCase(browser: Browser, url: string, chat: ChatName, options: Case): Promise<CaseFigures> {
  const { messages = 0, characters = 0, paceMs = 0, throttle = 1 } = options;
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  try {
    const page = await context.newPage();
    const devtools = await context.newCDPSession(page);
    await devtools.send('Performance.enable');
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: throttle });
    const told = page.waitForEvent('console', (line) => line.text().startsWith(readyMark));
    await page.goto(`${url}/?chat=${chat}&messages=${messages}`);
    const readyMs = Number((await told).text().slice(readyMark.length));
    await devtools.send('HeapProfiler.collectGarbage');
    const { heapMb, taskMs: before } = await readMetrics(devtools);
    const figures: CaseFigures = { readyMs, heapMb };
    if (characters === 0) return figures;
    const limitMs = (characters / 4) * paceMs + graceMs;
    const answer = page.evaluate(([question, limit]) => window.bench.measure(question, limit), [
      toQuestion(characters, paceMs),
      limitMs,
    ] as const);
    const shown = await Promise.race([answer, late(limitMs + 5000)]);
    if (!shown) return { ...figures, limitMs };
    const { taskMs } = await readMetrics(devtools);
    return { ...figures, ...shown, taskMs: taskMs - before };
  } finally {
    // A page that is busy is not waited for.
    await Promise.race([context.close(), late(3000)]);
  }
}

async function readMetrics(devtools: CDPSession): Promise<{ heapMb: number; taskMs: number }> {
  const { metrics } = await devtools.send('Performance.getMetrics');
  const read = (name: string): number => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN;
  return { heapMb: read('JSHeapUsedSize') / 1e6, taskMs: read('TaskDuration') * 1000 };
}

/** Keeps no program alive. */
const late = (ms: number): Promise<undefined> => delay(ms, undefined, { ref: false });
