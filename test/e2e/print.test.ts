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

it.each(['bubble', 'inline', 'panel', 'fullscreen'])('prints all that was said: %s', async (mode) => {
  const context = await browser.newContext();
  const { page } = await openChatPage(context, { tag: `data-nova-open data-nova-mode="${mode}"` });
  await page.getByRole('textbox').fill('All of it?');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => window.hand.asked.length === 1);
  await page.evaluate((text) => {
    window.hand.say(text);
    window.hand.complete();
  }, answer);
  await page.getByRole('button', { name: 'Copy answer' }).waitFor();
  await page.emulateMedia({ media: 'print' });
  const { hidden, below } = await page.evaluate(() => {
    const root = document.querySelector('nova-chat')?.shadowRoot;
    const log = root?.querySelector('.log') as HTMLElement;
    const said = [...(root?.querySelectorAll('p') ?? [])].find(({ textContent }) => textContent === 'Line 150.');
    const end = said?.getBoundingClientRect().bottom ?? Number.NaN;
    return {
      hidden: log.scrollHeight - log.clientHeight,
      below: document.documentElement.getBoundingClientRect().bottom - end,
    };
  });
  expect(hidden).toBe(0);
  // The page is as long as what it has to print.
  expect(below).toBeGreaterThan(0);
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
