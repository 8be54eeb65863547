import { basename } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../support/chromium.js';
import { openChatPage } from '../support/open-chat-page.js';

/** The built script tag in a language other than English: one file of words, and none at all when the host loses it. */

let browser: Browser;
let page: Page;
let requested: string[];
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser?.close());
afterEach(() => page?.context().close());

const wordFile = /(?:^|\/)(?:ar|de|es|fr|he|hi|it|ja|ko|nl|pl|pt|tr|zh)\.js$/;
const loaderFile = /(?:^|\/)load-language\.js$/;

async function open(locale: string, lost?: RegExp): Promise<void> {
  const context = await browser.newContext({ reducedMotion: 'reduce', locale: 'en-GB' });
  requested = [];
  context.on('request', (request) => requested.push(basename(new URL(request.url()).pathname)));
  const tag = `data-nova-open data-nova-locale="${locale}"`;
  ({ page } = await openChatPage(context, lost ? { tag, lost } : { tag }));
}

const requestedOf = (file: RegExp): string[] => requested.filter((name) => file.test(name));
const input = () => page.getByRole('textbox');
const direction = (): Promise<string> => input().evaluate((field) => getComputedStyle(field).direction);
const side = (selector: string): Promise<'left' | 'right'> =>
  page
    .locator(`nova-chat ${selector}`)
    .first()
    .evaluate((element) => {
      const { left, right } = element.getBoundingClientRect();
      const panel = element.getRootNode() as ShadowRoot;
      const frame = (panel.querySelector('.panel') ?? panel.host).getBoundingClientRect();
      return left - frame.left < frame.right - right ? 'left' : 'right';
    });

async function exchange(question: string, text: string): Promise<void> {
  await input().fill(question);
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => window.hand.asked.length === 1);
  await page.evaluate((said) => {
    window.hand.say(said);
    window.hand.complete();
  }, text);
  await expect
    .poll(async () => (await page.locator('nova-chat nova-message .bubble').allInnerTexts()).at(-1))
    .toBe(text);
}

describe('a chat in another language', () => {
  it.each([
    { locale: 'de', field: 'Frage eingeben', send: 'Senden', words: 'Hallo! Was möchten Sie wissen?', dir: 'ltr' },
    { locale: 'de_AT', field: 'Frage eingeben', send: 'Senden', words: 'Hallo! Was möchten Sie wissen?', dir: 'ltr' },
    { locale: 'ar', field: 'اكتب سؤالك', send: 'إرسال', words: 'مرحبًا! ما الذي تود معرفته؟', dir: 'rtl' },
  ])('speaks $locale from $dir, with one file of words', async ({ locale, field, send, words, dir }) => {
    await open(locale);
    await expect.poll(() => input().getAttribute('placeholder')).toBe(field);
    await page.getByText(words).waitFor();
    await page.getByRole('button', { name: send, exact: true }).waitFor();
    expect(await direction()).toBe(dir);
    await expect.poll(() => side('button.send')).toBe(dir === 'rtl' ? 'left' : 'right');
    await exchange('?', '42');
    expect(requestedOf(wordFile)).toEqual([`${locale.slice(0, 2)}.js`]);
    expect(requestedOf(loaderFile)).toHaveLength(1);
  });

  it('asks for no file of words in English', async () => {
    await open('en');
    await expect.poll(() => input().getAttribute('placeholder')).toBe('Ask a question');
    await exchange('?', '42');
    expect([...requestedOf(wordFile), ...requestedOf(loaderFile)]).toEqual([]);
  });
});

describe('a host that loses a file of words', () => {
  it.each([
    { what: 'the words', lost: wordFile },
    { what: 'what loads them', lost: loaderFile },
  ])('leaves a chat in English that can be used: $what', async ({ lost }) => {
    await open('ar', lost);
    await expect.poll(() => input().getAttribute('placeholder')).toBe('Ask a question');
    expect(requestedOf(lost)).toHaveLength(1);
    expect(await direction()).toBe('ltr');
    await exchange('Are you there?', 'Yes.');
  });
});
