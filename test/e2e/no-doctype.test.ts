import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchChromium } from '../support/chromium.js';
import { startWidgetSite, type WidgetSite } from '../support/start-widget-site.js';

const answer = `Some **words**.

| Bread | Price |
| --- | ---: |
| Rye | 6.40 |

> Quoted.

\`\`\`js
const bread = 'rye';
\`\`\`
`;

let browser: Browser;
let site: WidgetSite;
beforeAll(async () => {
  [browser, site] = await Promise.all([launchChromium(), startWidgetSite()]);
  site.answer = () => [{ delta: { content: answer } }];
});
afterAll(async () => {
  await browser.close();
  await site[Symbol.asyncDispose]();
});

/** Every element of an answered chat with a form in it: in which letters it is written, and how far it keeps others away. */
async function looksOf(doctype: string): Promise<string[]> {
  const context = await browser.newContext({ colorScheme: 'dark', reducedMotion: 'reduce', locale: 'en' });
  const page = await context.newPage();
  const look = '<style>body { color: #123; font: italic bold 30px / 3 serif; text-align: center }</style>';
  const body = `<html lang="en">${look}<body><script src="/widget/embed.js" data-nova-open></script>`;
  site.pages.set('/', { body: doctype + body });
  await page.goto(site.url);
  await page.getByRole('textbox').fill('Which bread?');
  await page.keyboard.press('Enter');
  // By the keyboard: a pointer would stay over whatever the form has moved below it.
  await page.getByRole('button', { name: 'Good answer' }).press('Enter');
  // All that comes by itself, each when it has been loaded.
  for (const part of ['form.feedback', '.pencil', '.history-button', 'code span'])
    await page.locator(`nova-chat ${part}`).first().waitFor();
  const looks = await page.evaluate(() =>
    [...(document.querySelector('nova-chat')?.shadowRoot?.querySelectorAll('*') ?? [])].map((element) => {
      const { color, font, textAlign, margin, padding } = getComputedStyle(element);
      return `${element.localName}.${element.classList}: ${[color, font, textAlign, margin, padding].join('; ')}`;
    }),
  );
  await context.close();
  return looks;
}

it('looks the same on a page without a doctype', async () => {
  const looks = await looksOf('<!doctype html>');
  expect(looks.some((look) => look.startsWith('td.'))).toBe(true);
  expect(await looksOf('')).toEqual(looks);
});
