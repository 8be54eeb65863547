import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { launchChromium } from './chromium.js';
import { type RunningServer, startServer } from './start-server.js';
import { type SlowUpstream, startSlowUpstream } from './start-slow-upstream.js';

/** What a file of tests has in hand while they run. */
export interface SlowAnswers {
  upstream: SlowUpstream;
  server: RunningServer;
  browser: Browser;
  /** Of the test that runs. */
  context: BrowserContext;
}

/** Starts, for the tests of a file, a server whose provider says `words`, one each `everyMs`, and a Chromium. */
export function prepareSlowAnswers(
  words: readonly string[],
  everyMs: number,
  more: () => Record<string, string> = () => ({}),
): SlowAnswers {
  const used = {} as SlowAnswers;
  beforeAll(async () => {
    used.upstream = await startSlowUpstream(words, everyMs);
    const openai = { OPENAI_API_KEY: 'sk-test', OPENAI_BASE_URL: used.upstream.url, PROVIDER_ORDER: 'openai' };
    const env = { ...openai, ...more() };
    [used.server, used.browser] = await Promise.all([startServer(env), launchChromium()]);
  });
  afterAll(async () => {
    await used.browser?.close();
    await used.server?.stop();
    await used.upstream?.stop();
  });
  beforeEach(async () => {
    used.upstream.questions.length = 0;
    used.context = await used.browser.newContext();
    return () => {
      used.upstream.goOn();
      return used.context.close();
    };
  });
  return used;
}
