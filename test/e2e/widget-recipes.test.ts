import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Browser, BrowserContext, Page, Request } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { launchChromium } from '../support/chromium.js';
import { readDocs } from '../support/read-docs.js';
import { type RunningServer, startServer } from '../support/start-server.js';
import { openWatchedPage, type PageTroubles } from '../support/watch-page.js';

const documented = 'https://chat.example.com';
const [, section = ''] = (readDocs().find(({ path }) => path === 'docs/widget.md')?.text ?? '').split('\n## Recipes\n');
const [own = ''] = section.split('\n## ');
const recipes = own.split('\n### ').slice(1);

/** A block of the recipe with that number, in a language. */
function readRecipe(number: number, language = 'html'): string {
  const recipe = recipes.find((text) => text.startsWith(`${number}. `)) ?? '';
  return new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'm').exec(recipe)?.[1] ?? '';
}

let server: RunningServer;
let browser: Browser;
beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), launchChromium()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

let context: BrowserContext;
let page: Page;
let troubles: PageTroubles;
const asked: Record<string, unknown>[] = [];
const headers: Record<string, string>[] = [];
beforeEach(async () => {
  context = await browser.newContext();
  ({ page, troubles } = await openWatchedPage(context));
  asked.length = headers.length = 0;
  page.on('request', (request: Request) => {
    if (!request.url().endsWith('/v1/chat/completions') || request.method() !== 'POST') return;
    asked.push(request.postDataJSON() as Record<string, unknown>);
    headers.push(request.headers());
  });
  return () => context.close();
});

/** Opens a page that has the recipe in it, of the server's own host. */
async function open(number: number, { policy = '', html = readRecipe(number) } = {}): Promise<void> {
  expect(html).not.toBe('');
  await page.route(`${server.url}/page`, (route) =>
    route.fulfill({
      headers: { 'content-type': 'text/html; charset=utf-8', ...(policy && { 'content-security-policy': policy }) },
      body: `<!doctype html><html lang="en"><title>Page</title><body><h1>Shop</h1>${html.replaceAll(documented, server.url)}</body></html>`,
    }),
  );
  await page.goto(`${server.url}/page`);
}

const bubble = () => page.getByRole('button', { name: 'Chat', exact: true });
const input = () => page.locator('nova-chat textarea').first();
const answers = () => page.locator('nova-chat .assistant .markdown');

async function ask(question = 'Do I need an API key?'): Promise<void> {
  await input().fill(question);
  await page.keyboard.press('Enter');
  await expect.poll(() => answers().count()).toBeGreaterThan(0);
}

it('has ten of them', () => expect(recipes).toHaveLength(10));

it('1: one script tag is a bubble that answers', async () => {
  await open(1);
  await bubble().click();
  await ask();
  expect(troubles).toEqual({ consoleErrors: [], violations: [] });
});

it('2: it has the accent, the corner and the words that it is told', async () => {
  await open(2);
  await bubble().click();
  await page.getByRole('dialog', { name: 'Ask the gardeners' }).waitFor();
  const launcher = page.getByRole('button', { name: 'Ask about plants' });
  expect(await launcher.evaluate((element) => getComputedStyle(element).backgroundColor)).toBe('rgb(11, 110, 79)');
  expect((await launcher.boundingBox())?.x).toBeLessThan(100);
});

it('3: it stands in the text of the page, without a bubble', async () => {
  await open(3);
  await page.locator('#help > nova-chat').getByRole('textbox').waitFor();
  expect(await bubble().count()).toBe(0);
  await ask();
});

it('4: a side panel opens by a button of the page, and no bubble shows', async () => {
  await open(4);
  expect(await bubble().isVisible()).toBe(false);
  await page.getByRole('button', { name: 'Ask us' }).click();
  const panel = page.getByRole('dialog', { name: 'Chat' });
  await panel.waitFor();
  const viewport = page.viewportSize();
  expect((await panel.boundingBox())?.height).toBeGreaterThan((viewport?.height ?? 0) - 60);
  await page.keyboard.press('Escape');
  await panel.waitFor({ state: 'hidden' });
  expect(await bubble().isVisible()).toBe(false);
});

it('5: it sends and stores nothing before the visitor agrees', async () => {
  await open(5);
  await bubble().click();
  await page.getByText('Your questions go to our assistant').waitFor();
  expect(await page.getByRole('link', { name: 'Privacy notice' }).isVisible()).toBe(true);
  await input().fill('Do I need an API key?');
  await page.keyboard.press('Enter');
  await expect
    .poll(() => page.locator('nova-chat [part=agree]').evaluate((button) => button.matches(':focus')))
    .toBe(true);
  expect(asked).toEqual([]);
  expect(await page.evaluate(() => Object.keys({ ...localStorage, ...sessionStorage }))).toEqual([]);
  await page.keyboard.press('Enter');
  await ask();
  expect(asked).toHaveLength(1);
});

it('6: the server is told who asks, and the assistant where', async () => {
  await open(6);
  await bubble()
    .or(page.locator('nova-chat').getByRole('button', { name: 'Chat' }))
    .first()
    .click();
  await ask();
  expect(asked[0]).toMatchObject({ user: 'visitor-17' });
  expect(JSON.stringify(asked[0]?.['messages'])).toMatch(/Ada.*Pricing.*Team/);
  expect(headers[0]?.['authorization']).toBe('Bearer a token of your own');
});

it('7: it greets in its own words, and a starter asks', async () => {
  await open(7);
  await bubble().click();
  await page.getByText('Guten Tag! Was möchten Sie wissen?').first().waitFor();
  await page.getByRole('button', { name: 'Wie kann ich zahlen?' }).click();
  await expect.poll(() => asked.length).toBe(1);
  expect(JSON.stringify(asked[0])).toContain('Wie kann ich zahlen?');
});

it('8: files go along, and the visitor chooses the model', async () => {
  await open(8);
  await bubble().click();
  await page.locator('nova-chat [part=attach]').waitFor();
  await page
    .locator('nova-chat input[type=file]')
    .setInputFiles({ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('Blue shoes') });
  await page.locator('nova-chat [part=attachment]').waitFor();
  await page.getByRole('combobox').selectOption('From our site');
  await ask('Do I need an API key?');
  expect(asked[0]).toMatchObject({ model: 'site' });
  expect(JSON.stringify(asked[0])).toContain('Blue shoes');
});

it('9: a tool asks, runs and shows a card of the page', async () => {
  await page.route('**/v1/chat/completions', async (route) => {
    const call = {
      index: 0,
      id: 'c1',
      type: 'function',
      function: { name: 'find_order', arguments: '{"number":"7"}' },
    };
    const isFirst = asked.length < 2;
    const delta = isFirst ? { tool_calls: [call] } : { content: 'Your order is on its way.' };
    const chunk = { id: 'x', object: 'chat.completion.chunk', created: 1, model: 'm' };
    const send = (choice: object): string =>
      `data: ${JSON.stringify({ ...chunk, choices: [{ index: 0, ...choice }] })}\n\n`;
    await route.fulfill({
      headers: { 'content-type': 'text/event-stream' },
      body: `${send({ delta })}${send({ delta: {}, finish_reason: isFirst ? 'tool_calls' : 'stop' })}data: [DONE]\n\n`,
    });
  });
  await open(9);
  await bubble().click();
  await input().fill('Where is order 7?');
  await page.keyboard.press('Enter');
  await page.locator('nova-chat .strong-button').click();
  await page.getByText('Order 7 is on its way', { exact: true }).first().waitFor();
  await page.getByText('Your order is on its way.').first().waitFor();
  expect(JSON.stringify(asked[1]?.['messages'])).toContain('on its way');
  expect(troubles).toEqual({ consoleErrors: [], violations: [] });
});

it('10: it works under the policy, from a folder of its version, with a checked script', async () => {
  const folder = 'packages/widget/dist/embed';
  await page.route('**/nova-chat/0.1.0/**', (route) => {
    const file = new URL(route.request().url()).pathname.split('/nova-chat/0.1.0/')[1];
    return route.fulfill({ path: `${folder}/${file}`, contentType: 'text/javascript' });
  });
  const hash = createHash('sha384')
    .update(readFileSync(`${folder}/embed.js`))
    .digest('base64');
  const policy = readRecipe(10, 'text').replace(/\s+/g, ' ').replace(documented, server.url);
  await open(10, { policy, html: readRecipe(10).replace('sha384-…', `sha384-${hash}`) });
  await bubble().click();
  await ask();
  expect(troubles).toEqual({ consoleErrors: [], violations: [] });
  // A file that is not the one of the hash is not run.
  const changed = readRecipe(10)
    .replace('sha384-…', `sha384-${'A'.repeat(64)}`)
    .replace('/nova-chat/0.1.0/', '/widget/');
  await open(10, { policy, html: changed });
  await expect.poll(() => troubles.consoleErrors.join()).toContain('integrity');
  expect(await bubble().count()).toBe(0);
});
