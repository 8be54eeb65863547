import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scenarios } from '../../playground/scenarios.js';
import { launchChromium } from '../support/chromium.js';
import { type Playground, startPlayground } from '../support/start-playground.js';
import { openWatchedPage, type PageTroubles } from '../support/watch-page.js';

/**
 * What a visitor sees of each row of the fault matrix, in the playground with the built widget, under a strict policy
 * with Trusted Types. `npm run screenshots` takes a picture of each.
 *
 * | rows          | scenarios of the playground's menu                       | test                              |
 * | ------------- | -------------------------------------------------------- | --------------------------------- |
 * | 1 2 3 48      | no-listener, no-host, no-certificate, foreign-origin     | is told, and gets the question back |
 * | 4 5           | reset-once, cut-first-once                               | sees an answer, and nothing else  |
 * | 6 8 10-12 25 26 30 37-39 42 43 | cut, stall, truncated, half-character, garbage, error-in-stream, oversize, shutting-down, network-lost | keeps what has arrived |
 * | 7             | silence                                                  | is asked for patience, and can stop |
 * | 9 14 27-29 47 50 | drip, plain-json, done-twice, compressed, buffered, mixed-up, newer | sees an answer, and nothing else |
 * | 13 20-24 32 49 | html-page, no-credit, overloaded, overloaded-529, bad-request, too-long, provider-refused, redirected, wrong-key | is told, and gets the question back |
 * | 15 16 40 46   | rate-limited, rate-limited-date, clock-ahead, busy       | sees a countdown                  |
 * | 17 18 19      | rate-limited-past, rate-limited-huge, rate-limited-silent | is told, and gets the question back |
 * | 31 36         | endless                                                  | stops an answer that has no end   |
 * | 41            | offline                                                  | is asked again by itself          |
 * | 33 34 35 44 45 | nothing that a visitor could see                        | (the server's own tests)          |
 */
const unseen = [33, 34, 35, 44, 45];

const question = 'What is Nova Chat?';
const part = 'Nova Chat is a chat for web pages. It answers from your';
const whole = /^Nova Chat is a chat for web pages\. It answers.*where each answer comes from\./;

let folder: string;
let playground: Playground;
let browser: Browser;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'nova-playground-'));
  [playground, browser] = await Promise.all([startPlayground(folder), launchChromium()]);
});
afterAll(async () => {
  await browser?.close();
  await playground?.stop();
  rmSync(folder, { recursive: true, force: true });
});

it('meets every row of the fault matrix', () => {
  const seen = scenarios.flatMap(({ rows = [] }) => rows);
  const all = [...new Set([...seen, ...unseen])].sort((one, other) => one - other);
  expect(all).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
});

it('leads to each of them in one click, from the menu of the playground', async () => {
  const { page } = await openWatchedPage(await browser.newContext({ viewport: { width: 1280, height: 800 } }));
  await page.goto(playground.url);
  for (const { title } of scenarios)
    await page.getByRole('radio', { name: title, exact: true, includeHidden: true }).waitFor({ state: 'attached' });
  await page.getByText('The answer breaks off').click();
  await page.getByLabel('Connection cut').check();
  await page.frameLocator('iframe').getByText('The answer was interrupted.').first().waitFor();
  await page.context().close();
});

describe.concurrent('a visitor', () => {
  it.for<[scenario: string]>([
    ['reset-once'],
    ['cut-first-once'],
    ['drip'],
    ['buffered'],
    ['plain-json'],
    ['done-twice'],
    ['compressed'],
    ['mixed-up'],
    ['newer'],
  ])('sees an answer, and nothing else: %s', async ([scenario], { expect }) => {
    await using visit = await open(scenario);
    await visit.ask(question);
    await expect.poll(() => visit.answer(), { timeout: 20_000 }).toMatch(whole);
    await expect.poll(() => visit.stop.count(), { timeout: 10_000 }).toBe(0);
    expect(await visit.notice.count()).toBe(0);
    expect(await visit.answer()).not.toMatch(/AFTER THE END|\uFFFD/);
    expect(withoutNetwork(visit.troubles)).toEqual(none);
  });

  it.for<[scenario: string, text: string]>([
    ['cut', part],
    ['stall', part],
    ['truncated', part],
    ['half-character', 'Ångström – 5 € – 你好 – 👍🏽'],
    ['garbage', part],
    ['error-in-stream', part],
    ['oversize', part],
    ['shutting-down', part],
    ['network-lost', part],
  ])('keeps what has arrived, reads that it broke off, and can ask again: %s', async ([scenario, text], { expect }) => {
    await using visit = await open(scenario);
    await visit.ask(question);
    await expect.poll(() => visit.answer(), { timeout: 15_000 }).toContain(text.slice(0, 8));
    await visit.input.fill('My next question');
    await visit.hurryTo(visit.notice);
    expect(await visit.notice.innerText()).toContain('The answer was interrupted.');
    // What was in the wire when it was cut may be lost with it.
    const kept = (await visit.answer()).trim();
    expect(kept.length).toBeGreaterThan(8);
    expect(text.slice(0, kept.length)).toBe(kept);
    expect(await visit.input.inputValue()).toBe('My next question');
    // Where the network was lost, it comes back.
    await visit.page.evaluate(() => Reflect.deleteProperty(navigator, 'onLine'));
    await visit.expectNextStep(expect);
  });

  it.for<[scenario: string, words: string, canRetry: boolean]>([
    ['no-listener', 'The assistant could not be reached.', true],
    ['no-host', 'The assistant could not be reached.', true],
    ['no-certificate', 'The assistant could not be reached.', true],
    ['foreign-origin', 'The assistant could not be reached.', true],
    ['overloaded', 'The assistant cannot answer right now.', true],
    ['overloaded-529', 'The assistant cannot answer right now.', true],
    ['provider-refused', 'The assistant cannot answer right now.', true],
    ['rate-limited-past', 'Many people are asking right now.', true],
    ['rate-limited-silent', 'Many people are asking right now.', true],
    ['rate-limited-huge', 'Please try again later.', true],
    ['no-credit', 'The assistant cannot answer right now.', false],
    ['bad-request', 'The assistant cannot answer right now.', false],
    ['too-long', 'This conversation has become too long.', false],
    ['html-page', 'This chat is not set up correctly yet.', false],
    ['redirected', 'This chat is not set up correctly yet.', false],
    ['wrong-key', 'This chat is not set up correctly yet.', false],
  ])('is told kindly, and gets the question back: %s', async ([scenario, words, canRetry], { expect }) => {
    await using visit = await open(scenario);
    await visit.ask(question);
    await visit.hurryTo(visit.notice);
    await visit.page.locator('nova-chat .message.user').getByText(words).waitFor();
    await expect.poll(() => visit.input.inputValue(), { timeout: 10_000 }).toBe(question);
    if (canRetry) await visit.expectNextStep(expect);
    else expect(await visit.retry.count()).toBe(0);
  });

  it.for<[scenario: string]>([['rate-limited'], ['rate-limited-date'], ['clock-ahead'], ['busy']])(
    'sees a countdown, keeps the question, and asks again when it is over: %s',
    async ([scenario], { expect }) => {
      await using visit = await open(scenario);
      await visit.ask(question);
      await visit.page.getByRole('button', { name: /^Try again in (?:20|1\d) seconds$/ }).waitFor();
      expect(await visit.notice.innerText()).toMatch(/Many people are asking|cannot answer right now/);
      await expect.poll(() => visit.said(/You can try again in/)).toHaveLength(1);
      const { length } = visit.requests;
      await visit.retry.click({ force: true });
      await visit.input.press('Enter');
      expect(await visit.input.inputValue()).toBe(question);
      expect(visit.requests.length).toBe(length);
      await visit.page.clock.fastForward(21_000);
      await visit.page.getByRole('button', { name: 'Try again', exact: true }).waitFor();
      // Once by itself, and once in answer to Enter; not each second.
      expect(await visit.said(/You can try again in/)).toHaveLength(2);
      await visit.expectNextStep(expect);
    },
  );

  it('is asked for patience when no word comes, and can stop: silence', async ({ expect }) => {
    await using visit = await open('silence');
    await visit.ask(question);
    await visit.page.locator('nova-chat .thinking').waitFor();
    // Its clock may begin after the dots; the words are shown, and said to screen readers.
    const plea = visit.page.getByText('This is taking longer than usual.');
    await expect
      .poll(
        async () => {
          await visit.page.clock.fastForward(11_000);
          return plea.count();
        },
        { timeout: 10_000, interval: 2_000 },
      )
      .toBeGreaterThan(0);
    await visit.stop.click();
    await visit.notice.waitFor();
    expect(await visit.notice.innerText()).toContain('Stopped.');
    await visit.expectNextStep(expect);
  });

  it('stops an answer that has no end, and keeps what has arrived: endless', async ({ expect }) => {
    await using visit = await open('endless');
    await visit.ask(question);
    await expect.poll(() => visit.answer(), { timeout: 15_000 }).toContain('Line 3');
    await visit.stop.click();
    await visit.notice.waitFor();
    expect(await visit.notice.innerText()).toContain('Stopped.');
    expect(await visit.answer()).toContain('Line 3');
    await visit.expectNextStep(expect);
  });

  it('is asked again by itself when the browser is online again: offline', async ({ expect }) => {
    await using visit = await open('offline');
    await visit.ask(question);
    await visit.notice.waitFor();
    expect(await visit.notice.innerText()).toContain(
      'You seem to be offline. Your question is sent once you are back.',
    );
    expect(await visit.input.inputValue()).toBe(question);
    await visit.page.evaluate(() => {
      Object.defineProperty(navigator, 'onLine', { get: () => true });
      dispatchEvent(new Event('online'));
    });
    await expect.poll(() => visit.requests.length, { timeout: 10_000 }).toBeGreaterThan(0);
  });
});

const none: PageTroubles = { consoleErrors: [], violations: [] };

interface Visit extends AsyncDisposable {
  page: Page;
  input: Locator;
  notice: Locator;
  retry: Locator;
  stop: Locator;
  troubles: PageTroubles;
  /** Addresses that were asked for an answer. */
  requests: string[];
  ask(text: string): Promise<void>;
  /** The text of the last answer. */
  answer(): Promise<string>;
  /** What a screen reader was told that looks like this. */
  said(text: RegExp): Promise<string[]>;
  /** Lets time fly until something is shown. */
  hurryTo(locator: Locator): Promise<void>;
  /** No raw words, told once, and two ways on: the button that asks again, and the input. */
  expectNextStep(expect: typeof import('vitest').expect): Promise<void>;
}

async function open(scenario: string): Promise<Visit> {
  const { page, troubles } = await openWatchedPage(await browser.newContext({ reducedMotion: 'reduce' }));
  const requests: string[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/v1/chat/completions')) requests.push(request.url());
  });
  await page.clock.install();
  await page.goto(`${playground.url}/frame.html?scenario=${scenario}&start=open`);
  await page.getByRole('textbox').waitFor();
  await listen(page);
  const notice = page.locator('nova-chat .notice');
  const input = page.getByRole('textbox');
  const retry = page.locator('nova-chat .retry');
  const visit: Visit = {
    page,
    input,
    notice,
    retry,
    stop: page.getByRole('button', { name: 'Stop the answer' }),
    troubles,
    requests,
    async ask(text) {
      await input.fill(text);
      await input.press('Enter');
    },
    answer: async () => (await page.locator('nova-chat .assistant .markdown').allInnerTexts()).at(-1) ?? '',
    said: async (text) => (await said(page)).filter((one) => text.test(one)),
    hurryTo: (locator) =>
      expect
        .poll(
          async () => {
            await page.clock.fastForward(1_000);
            return locator.count();
          },
          { timeout: 20_000, interval: 100 },
        )
        .toBe(1),
    async expectNextStep(expect) {
      const words = ((await notice.locator('bdi').innerText()).split('. ').at(-1) ?? '').trim();
      expect(await page.locator('nova-chat').innerText()).not.toMatch(rawWords);
      const timesSaid = async (): Promise<number> => (await said(page)).filter((one) => one.includes(words)).length;
      await expect.poll(timesSaid, { timeout: 10_000 }).toBe(1);
      const { length } = requests;
      await retry.click();
      await expect.poll(() => requests.length, { timeout: 10_000 }).toBeGreaterThan(length);
      await input.fill('It can still be written to');
      expect(await input.inputValue()).toBe('It can still be written to');
      expect(withoutNetwork(troubles)).toEqual(none);
    },
    [Symbol.asyncDispose]: () => page.context().close(),
  };
  return visit;
}

/** What servers, libraries and mistakes say, and visitors should not read. */
const rawWords = /Words of a server|_error|Error:|Exception|undefined|\[object|https?:|status \d|<h1>|Log in/;
/** The browser's own report of a request that failed. */
const networkLine = /Failed to load resource|net::ERR|CORS policy/;

function withoutNetwork({ consoleErrors, violations }: PageTroubles): PageTroubles {
  return { violations, consoleErrors: consoleErrors.filter((line) => !networkLine.test(line)) };
}

/** Keeps what the live regions of the chat say. */
async function listen(page: Page): Promise<void> {
  await page.evaluate(() => {
    const said: string[] = [];
    Object.assign(window, { said });
    for (const region of document.querySelector('nova-chat')?.shadowRoot?.querySelectorAll('[aria-live]') ?? []) {
      if (region.getAttribute('aria-live') === 'off') continue;
      new MutationObserver(() => region.textContent && said.push(region.textContent)).observe(region, {
        childList: true,
        characterData: true,
        subtree: true,
      });
    }
  });
}

function said(page: Page): Promise<string[]> {
  return page.evaluate(() => (window as unknown as { said: string[] }).said);
}
