import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../support/chromium.js';
import { type RunningServer, startServer } from '../support/start-server.js';
import { openWatchedPage } from '../support/watch-page.js';

const strictPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self'",
  "require-trusted-types-for 'script'",
  'trusted-types lit-html',
];

let server: RunningServer;
let browser: Browser;
beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), launchChromium()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

describe('the page of npm start', () => {
  it('answers a visitor under a strict policy with Trusted Types', async () => {
    const { page, troubles } = await openWatchedPage(await browser.newContext());
    const response = await page.goto(server.url);
    const policy = response?.headers()['content-security-policy']?.split(/;\s*/) ?? [];
    expect(policy).toEqual(expect.arrayContaining(strictPolicy));

    await ask(page, 'Which browsers are supported?');
    await page
      .getByText(/Safari/)
      .first()
      .waitFor();
    const source = page.locator('nova-chat a[href*="faq"]').first();
    await source.waitFor();

    const target = await page.request.get(new URL((await source.getAttribute('href')) ?? '', page.url()).href);
    expect(target.status()).toBe(200);
    expect(await target.text()).toContain('Which browsers are supported');

    const highlighter = page.waitForResponse(/highlight-typescript/);
    const lengths = await watchLengths(page);
    await sendQuestion(page, 'How do I use the official OpenAI client?');
    await page.locator('nova-chat pre').first().waitFor();
    await highlighter;
    // A long answer grows before the visitor's eyes, also where a busy machine gives few frames.
    expect((await lengths()).length).toBeGreaterThan(3);
    await page.waitForLoadState('networkidle');
    expect(troubles).toEqual({ consoleErrors: [], violations: [] });
    await page.context().close();
  });

  it('loads one file until the visitor reaches for the bubble, and one more for an answer', async () => {
    const { page } = await openWatchedPage(await browser.newContext());
    const files: string[] = [];
    page.on('request', (request) => {
      const [, file] = /\/widget\/(?:[0-9a-f]{6}\/)?([\w.-]+)/.exec(request.url()) ?? [];
      if (file) files.push(file);
    });
    await page.goto(server.url);
    await page.getByRole('button', { name: /chat/i }).waitFor();
    await page.waitForTimeout(500);
    expect(files).toEqual(['embed.js']);
    await page.getByRole('button', { name: /chat/i }).click();
    await page.getByRole('textbox').waitFor();
    await page.waitForLoadState('networkidle');
    expect(files.slice(0, 2)).toEqual(['embed.js', 'nova-chat.js']);
    // A starter can be asked at once, so what keeps its answer is loaded before. What can be done with an answer is loaded
    // when there is one.
    expect(files.filter((file) => /actions|edit|citations|patience/.test(file))).toEqual([]);
    await sendQuestion(page, 'Do I need an API key?');
    await page.getByRole('button', { name: 'Copy answer' }).waitFor();
    expect(files).toEqual(expect.arrayContaining(['actions.js', 'edit.js', 'citations.js']));
    expect(files.filter((file) => /highlight|reasoning|suggestions|language/.test(file))).toEqual([]);
    await page.context().close();
  });

  it('has nothing that axe finds, closed and open', async () => {
    // axe brings code of its own into the page, which the policy would rightly stop.
    const context = await browser.newContext({ bypassCSP: true });
    const page = await context.newPage();
    await page.goto(server.url);
    await page.getByRole('button', { name: /chat/i }).waitFor();
    expect(await violations(page)).toEqual([]);
    await ask(page, 'Do I need an API key?');
    await page.locator('nova-chat a[href*="faq"]').first().waitFor();
    expect(await violations(page)).toEqual([]);
    await context.close();
  });
});

describe('the page of a site of its owner’s own', () => {
  let shop: RunningServer;
  beforeAll(async () => {
    shop = await startServer({ SITE_CONTENT: 'packages/server/src/providers/site/__fixtures__/shop' });
  });
  afterAll(() => shop?.stop());

  it.each([
    { width: 1280, height: 800 },
    { width: 390, height: 844 },
  ])('speaks of the site, links to what there is, and answers what it begins with, at $width', async (viewport) => {
    const { page, troubles } = await openWatchedPage(await browser.newContext({ viewport }));
    await page.goto(shop.url);
    expect(await page.title()).toBe('Lumen & Oak');
    expect(await page.locator('body').innerText()).not.toMatch(/Nova Chat(?!$)/);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(viewport.width);
    for (const link of await page.locator('main a').all()) {
      const href = (await link.getAttribute('href')) ?? '';
      // A page may say in its front matter that it stands elsewhere.
      if (!href.startsWith(shop.url)) continue;
      expect((await page.request.get(href)).status(), href).toBe(200);
    }
    await page.getByRole('button', { name: /chat/i }).click();
    await page.getByRole('button', { name: 'Opening hours' }).click();
    await page
      .locator('nova-chat')
      .getByText(/Tuesday to Friday/)
      .first()
      .waitFor();
    expect(troubles).toEqual({ consoleErrors: [], violations: [] });
    await page.context().close();
  });

  it('has nothing that axe finds, here and where no page is', async () => {
    const context = await browser.newContext({ bypassCSP: true });
    const page = await context.newPage();
    for (const path of ['/', '/docs/nope']) {
      await page.goto(shop.url + path);
      await page.getByRole('button', { name: /chat/i }).waitFor();
      expect(await violations(page), path).toEqual([]);
    }
    await page.getByRole('link', { name: 'start', exact: true }).click();
    await page.waitForURL(`${shop.url}/`);
    await context.close();
  });
});

async function ask(page: Page, question: string): Promise<void> {
  await page.getByRole('button', { name: /chat/i }).click();
  await sendQuestion(page, question);
}

async function sendQuestion(page: Page, question: string): Promise<void> {
  await page.getByRole('textbox').fill(question);
  await page.keyboard.press('Enter');
}

/** Records each length that the log's text grows to, frame by frame. */
async function watchLengths(page: Page): Promise<() => Promise<number[]>> {
  await page.evaluate(() => {
    const seen: number[] = [];
    Object.assign(window, { seenLengths: seen });
    const texts = (root: ParentNode): string =>
      [...root.querySelectorAll('*')]
        .map((element) => (element.shadowRoot ? texts(element.shadowRoot) : ''))
        .join('')
        .concat(root instanceof ShadowRoot ? (root.textContent ?? '') : '');
    const look = (): void => {
      const { length } = texts(document);
      if (length > (seen.at(-1) ?? 0)) seen.push(length);
      requestAnimationFrame(look);
    };
    look();
  });
  return () => page.evaluate(() => (window as unknown as { seenLengths: number[] }).seenLengths);
}

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const results = await page.evaluate(() => (window as unknown as { axe: typeof axe }).axe.run(document));
  return results.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}
