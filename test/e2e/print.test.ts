import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchChromium } from '../support/chromium.js';
import { openChatPage } from '../support/open-chat-page.js';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser?.close());

const answer = Array.from({ length: 150 }, (_, index) => `Line ${index + 1}.`).join('\n\n');

/** What a screen scrolls sideways. */
const wide = `\`\`\`js\nconst line = "${'a word and '.repeat(30)}";\nconst path = "${'x'.repeat(300)}";\n\`\`\`

|${' Column |'.repeat(12)}
|${' --- |'.repeat(12)}
|${' A cell that says something |'.repeat(12)}`;

it.each([
  ['bubble', 'page'],
  ['inline', 'page'],
  ['panel', 'page'],
  ['fullscreen', 'page'],
  ['bubble', 'top'],
  ['panel', 'top'],
  ['fullscreen', 'top'],
])('prints all that was said: %s, layer %s', async (mode, layer) => {
  const context = await browser.newContext();
  const { page } = await openChatPage(context, {
    tag: `data-nova-open data-nova-mode="${mode}" data-nova-layer="${layer}"`,
  });
  await page.getByRole('textbox').fill('All of it?');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => window.hand.asked.length === 1);
  await page.evaluate((text) => {
    window.hand.say(text);
    window.hand.complete();
  }, `${wide}\n\n${answer}`);
  await page.getByRole('button', { name: 'Copy answer' }).waitFor();
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  await page.emulateMedia({ media: 'print' });
  const { hidden, below, beside, width } = await page.evaluate(() => {
    const root = document.querySelector('nova-chat')?.shadowRoot;
    const log = root?.querySelector('.log') as HTMLElement;
    const said = [...(root?.querySelectorAll('p') ?? [])].find(({ textContent }) => textContent === 'Line 150.');
    const end = said?.getBoundingClientRect().bottom ?? Number.NaN;
    return {
      hidden: log.scrollHeight - log.clientHeight,
      beside: [...log.querySelectorAll('pre, .table')].map((part) => part.scrollWidth - part.clientWidth),
      width: root?.querySelector('.panel')?.clientWidth,
      below: document.documentElement.getBoundingClientRect().bottom - end,
    };
  });
  expect(hidden).toBe(0);
  expect(beside).toEqual([0, 0]);
  expect(width).toBeGreaterThan(600);
  // The page is as long as what it has to print.
  expect(below).toBeGreaterThan(0);
  await page.emulateMedia({ media: 'screen' });
  await page.evaluate(() => dispatchEvent(new Event('afterprint')));
  expect(await page.locator('nova-chat').evaluate((chat) => chat.matches(':popover-open'))).toBe(layer === 'top');
  await context.close();
});

it('prints a chat without an answer once, and not on each page', async () => {
  const context = await browser.newContext();
  const { page } = await openChatPage(context);
  await page.getByRole('textbox').waitFor();
  await page.emulateMedia({ media: 'print' });
  expect(await page.locator('nova-chat .panel').evaluate((panel) => getComputedStyle(panel).position)).toBe('static');
  await context.close();
});
