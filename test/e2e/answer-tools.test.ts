import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchChromium } from '../support/chromium.js';
import { type RunningServer, startServer } from '../support/start-server.js';
import { openWatchedPage } from '../support/watch-page.js';

let server: RunningServer;
let browser: Browser;
beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), launchChromium()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

it.each([
  ['a desktop', { viewport: { width: 1280, height: 800 } }],
  ['a phone', { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }],
])('lets a visitor work with an answer on %s under a strict policy with Trusted Types', async (_name, device) => {
  const context = await browser.newContext({ ...device, permissions: ['clipboard-read', 'clipboard-write'] });
  const { page, troubles } = await openWatchedPage(context);
  const foreign: string[] = [];
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== new URL(server.url).origin) foreign.push(request.url());
  });
  await page.goto(server.url);
  await page.evaluate(() => {
    const heard: unknown[] = [];
    Object.assign(window, { heard });
    document.addEventListener('nova-feedback', ({ value, reason }) => heard.push([value, reason]));
  });
  await page.getByRole('button', { name: /chat/i }).click();
  await page.getByRole('textbox').waitFor();
  await page.evaluate(() => {
    const chat = document.querySelector('nova-chat');
    if (chat) chat.suggestions = async () => ['Which browsers are supported?'];
  });
  await page.getByRole('textbox').fill('Do I need an API key?');
  await page.keyboard.press('Enter');

  await page.getByRole('button', { name: 'Copy answer' }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).not.toBe('');

  await page.getByRole('button', { name: 'Bad answer' }).click();
  await page.getByRole('textbox', { name: 'What was wrong? (optional)' }).fill('Too short');
  await page.getByRole('button', { name: 'Send feedback' }).click();
  await page.getByText('Thank you!').first().waitFor();
  expect(await page.evaluate(() => (window as unknown as { heard: unknown[] }).heard)).toEqual([
    ['down', ''],
    ['down', 'Too short'],
  ]);

  await page.getByRole('button', { name: 'Copy answer' }).focus();
  await page.keyboard.press('Shift+Tab');
  await page.locator('nova-chat .preview').waitFor();
  await page.keyboard.press('Escape');
  await page.locator('nova-chat .preview').waitFor({ state: 'detached' });

  await page.getByRole('button', { name: 'Edit question' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('textbox', { name: 'Edit question' }).fill('How do I use Docker?');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Previous version' }).click();
  await page.locator('nova-chat .user .bubble', { hasText: 'Do I need an API key?' }).waitFor();
  await page.getByRole('button', { name: 'Answer again' }).click();
  await expectVersions(page, ['1 / 2', '2 / 2']);

  await page.getByRole('button', { name: 'Which browsers are supported?' }).click();
  await page
    .getByText(/Safari/)
    .first()
    .waitFor();
  expect(troubles).toEqual({ consoleErrors: [], violations: [] });
  expect(foreign).toEqual([]);
  await context.close();
});

async function expectVersions(page: Page, expected: string[]): Promise<void> {
  const counts = page.locator('nova-chat .count');
  await counts.nth(expected.length - 1).waitFor();
  expect(await counts.allInnerTexts()).toEqual(expected);
}
