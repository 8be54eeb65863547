import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchChromium } from '../support/chromium.js';
import { openChatPage } from '../support/open-chat-page.js';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser?.close());

const paragraphs = Array.from({ length: 80 }, (_, index) => `Number ${index}. ${'A few words more. '.repeat(9)}`);

it('a phone that is turned while its reader is further up: what was read stays in view', async () => {
  const context = await browser.newContext({ viewport: { width: 390, height: 780 }, reducedMotion: 'reduce' });
  const { page } = await openChatPage(context);
  await page.getByRole('textbox').fill('Why?');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => window.hand.asked.length === 1);
  await page.evaluate((texts) => {
    window.hand.say(texts.join('\n\n'));
    window.hand.complete();
  }, paragraphs);
  await page.getByRole('button', { name: 'Copy answer' }).waitFor();
  const log = page.getByRole('log');
  const topLine = (): Promise<number> =>
    log.evaluate((element) => {
      const edge = element.getBoundingClientRect().top;
      const lines = [...element.querySelectorAll('.markdown p')];
      const first = lines.find((line) => line.getBoundingClientRect().bottom > edge);
      return Number(first?.textContent?.match(/\d+/)?.[0]);
    });
  await log.hover();
  await page.mouse.wheel(0, -6000);
  await page.getByRole('button', { name: 'Jump to the latest message' }).waitFor();
  // A wheel is turned in steps.
  let before = Number.NaN;
  await expect
    .poll(async () => {
      const last = before;
      before = await topLine();
      return before === last;
    })
    .toBe(true);
  expect(before).toBeGreaterThan(10);
  expect(before).toBeLessThan(70);
  for (const [width, height] of [
    [780, 390],
    [390, 780],
  ] as const) {
    await page.setViewportSize({ width, height });
    await expect.poll(() => page.evaluate(() => innerWidth)).toBe(width);
    await expect.poll(async () => Math.abs((await topLine()) - before)).toBeLessThanOrEqual(1);
  }
  await context.close();
});
