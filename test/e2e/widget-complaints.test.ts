import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Browser, type BrowserContextOptions, devices, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../support/chromium.js';
import { type ChatPageOptions, openChatPage } from '../support/open-chat-page.js';

/** What owners and visitors of other chats complain about; in the built script tag. */

let browser: Browser;
let page: Page;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser?.close());
afterEach(() => page?.context().close());

async function open(options: ChatPageOptions = {}, context: BrowserContextOptions = {}): Promise<void> {
  ({ page } = await openChatPage(await browser.newContext({ reducedMotion: 'reduce', ...context }), options));
}

const input = () => page.getByRole('textbox');
const messages = (): Promise<string[]> => page.locator('nova-chat nova-message .bubble').allInnerTexts();

async function exchange(question: string, text: string): Promise<void> {
  const asked = await page.evaluate(() => window.hand.asked.length);
  await input().fill(question);
  await page.keyboard.press('Enter');
  await page.waitForFunction((before) => window.hand.asked.length > before, asked);
  await page.evaluate((said) => {
    window.hand.say(said);
    window.hand.complete();
  }, text);
  await expect.poll(async () => (await messages()).at(-1)).toBe(text);
}

describe('the session is another one after a reload, or the same after a reset', () => {
  const ids = (): Promise<string[]> =>
    page.evaluate(() => [...Object.keys(localStorage)].filter((key) => key.startsWith('nova')).sort());

  it('a reload keeps id and messages, a new conversation has another id before its first question', async () => {
    await open({ tag: 'data-nova-open data-nova-persist="local"' });
    await exchange('One?', 'First.');
    await expect.poll(ids).not.toEqual([]);
    const before = await ids();
    await page.reload();
    await expect.poll(messages).toEqual(['One?', 'First.']);
    expect(await ids()).toEqual(before);
    await page.evaluate(() => (window as unknown as { nova(name: string): Promise<unknown> }).nova('new'));
    await expect.poll(messages).toEqual([]);
    await exchange('Two?', 'Second.');
    await expect.poll(async () => (await ids()).length).toBeGreaterThan(before.length);
    expect(await ids()).toEqual(expect.arrayContaining(before));
    await page.reload();
    await expect.poll(messages).toEqual(['Two?', 'Second.']);
  });
});

describe('the chat lies above everything and blocks the page', () => {
  const points = [50, 250, 450, 650].flatMap((x) => [50, 250, 450].map((y): [number, number] => [x, y]));
  const hits = (): Promise<string[]> =>
    page.evaluate((all) => all.map(([x, y]) => document.elementFromPoint(x, y)?.localName ?? ''), points);

  it('closed it lets every click through, before it was opened and after', async () => {
    await open(
      { tag: '', body: '<main style="position:fixed;inset:0">The page</main>' },
      { viewport: { width: 900, height: 600 } },
    );
    const free = points.map(() => 'main');
    expect(await hits()).toEqual(free);
    await page.getByRole('button', { name: 'Chat' }).click();
    await input().waitFor();
    await page.keyboard.press('Escape');
    await input().waitFor({ state: 'hidden' });
    expect(await hits()).toEqual(free);
  });

  it('its layer is the owner’s to choose', async () => {
    const head = '<style>nova-chat { --nova-z-index: 5 } main { position: fixed; inset: 0; z-index: 6 }</style>';
    await open({ head, body: '<main>The page</main>' });
    await input().waitFor({ state: 'attached' });
    await page.locator('nova-launcher').waitFor({ state: 'detached' });
    const layers = await page.evaluate(() => {
      const root = document.querySelector('nova-chat')?.shadowRoot;
      return ['.launcher', '.panel'].map((selector) => {
        const element = root?.querySelector(selector) as Element;
        const { left, top, width, height } = element.getBoundingClientRect();
        const hit = document.elementFromPoint(left + width / 2, top + height / 2);
        return [getComputedStyle(element).zIndex, hit?.localName];
      });
    });
    expect(layers).toEqual([
      ['5', 'main'],
      ['5', 'main'],
    ]);
  });
});

describe('on a phone', () => {
  const phone = devices['Pixel 7'] as BrowserContextOptions;

  it('the browser zooms into the input, or the focus is lost after sending', async () => {
    await open({ tag: '' }, phone);
    await page.getByRole('button', { name: 'Chat' }).tap();
    await input().tap();
    expect(
      await input().evaluate((element) => Number.parseFloat(getComputedStyle(element).fontSize)),
    ).toBeGreaterThanOrEqual(16);
    await exchange('Why?', 'So.');
    expect(await input().evaluate((element) => element.matches(':focus'))).toBe(true);
  });

  it('the keyboard says "send" and its bar has nothing to step to', async () => {
    await open({}, phone);
    expect(await input().getAttribute('enterkeyhint')).toBe('send');
    expect(await page.locator('nova-chat form').count()).toBe(1);
    expect(await page.locator('nova-chat form').locator('input, select, textarea').count()).toBe(1);
  });
});

it('an inline chat scrolls the page to itself, or takes the focus', async () => {
  const body = '<div style="height:3000px">Above</div><div id="chat"></div><div style="height:500px">Below</div>';
  await open({ tag: 'data-nova-mode="inline" data-nova-target="#chat" data-nova-load="idle"', body });
  await input().waitFor({ state: 'attached' });
  const place = () => page.evaluate(() => [scrollY, document.activeElement?.localName]);
  expect(await place()).toEqual([0, 'body']);
  await page.evaluate(() => (window as unknown as { nova(...all: string[]): Promise<unknown> }).nova('send', 'Why?'));
  await page.waitForFunction(() => window.hand.asked.length === 1);
  await page.evaluate(() => {
    window.hand.say('A line.\n\n'.repeat(60));
    window.hand.complete();
  });
  await expect.poll(async () => (await messages()).length).toBe(2);
  expect(await place()).toEqual([0, 'body']);
});

describe('stop does nothing, loses the text, or does not reach the server', () => {
  interface Upstream extends AsyncDisposable {
    url: string;
    gone: () => number;
    next: () => Promise<ServerResponse>;
  }

  async function startUpstream(): Promise<Upstream> {
    let gone = 0;
    let arrive = Promise.withResolvers<ServerResponse>();
    const server = createServer((request, response) => {
      response.on('close', () => {
        if (!response.writableFinished) gone += 1;
      });
      request.resume();
      arrive.resolve(response);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return {
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      gone: () => gone,
      async next() {
        const response = await arrive.promise;
        arrive = Promise.withResolvers();
        return response;
      },
      async [Symbol.asyncDispose]() {
        server.closeAllConnections();
        server.close();
        await once(server, 'close');
      },
    };
  }

  const word = (content: string, more: object = {}): string =>
    `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content }, ...more }] })}\n\n`;
  const stop = () => page.getByRole('button', { name: 'Stop the answer' });

  const openAt = (origin: string): Promise<void> =>
    open({ tag: 'data-nova-open data-nova-persist="none"', origin, isOnline: true });

  it('before the first byte and in the middle the request ends, and what has come stays', async () => {
    await using upstream = await startUpstream();
    await openAt(upstream.url);
    await input().fill('One?');
    await page.keyboard.press('Enter');
    await upstream.next();
    await stop().click();
    await expect.poll(upstream.gone).toBe(1);
    await page.locator('nova-chat .notice').waitFor();

    await input().fill('Two?');
    await page.keyboard.press('Enter');
    const response = await upstream.next();
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write(word('Half an'));
    await page.locator('nova-chat .markdown').getByText('Half an').first().waitFor();
    await page.evaluate(() => (window as unknown as { nova(name: string): Promise<unknown> }).nova('stop'));
    await expect.poll(upstream.gone).toBe(2);
    await page.locator('nova-chat .notice').nth(1).waitFor();
    expect((await messages()).at(-1)).toBe('Half an');
    await input().fill('Three?');
    await expect
      .poll(() => page.getByRole('button', { name: 'Send', exact: true }).getAttribute('aria-disabled'))
      .toBe('false');
  });

  it.each([
    ['knows nothing of ours', word('Fine.', { finish_reason: 'stop' })],
    [
      'is of a later version',
      `: hello\nid: s:1\nevent: chunk\ndata: {"object":"chat.completion.chunk.v9","nova":{"version":9,"new":{"a":[1]}},"choices":[{"index":0,"delta":{"content":"Fi","sound":{}}}]}\n\n${word('ne.', { finish_reason: 'stop', later: true })}data: {"nova":{"unknown":1},"choices":[]}\n\n`,
    ],
  ])('a chat of one version breaks with a server that %s', async (_, events) => {
    await using upstream = await startUpstream();
    await openAt(upstream.url);
    await input().fill('Why?');
    await page.keyboard.press('Enter');
    const response = await upstream.next();
    response.writeHead(200, { 'content-type': 'text/event-stream' }).end(`${events}data: [DONE]\n\n`);
    await expect.poll(messages).toEqual(['Why?', 'Fine.']);
    expect(await page.locator('nova-chat .notice').count()).toBe(0);
  });
});

it('the version of a page cannot be fixed: it can, by an address of its own and the hash of the script', async () => {
  const hash = createHash('sha384').update(readFileSync('packages/widget/dist/embed/embed.js')).digest('base64');
  await open({ source: '/chat/0.1.0/embed.js', tag: `data-nova-open integrity="sha384-${hash}"` });
  await exchange('Why?', 'So.');
  const files = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
  expect(files.filter((file) => file.endsWith('.js') && !file.includes('/chat/0.1.0/'))).toEqual([]);
});

it('a control cannot be hidden or replaced: each has a part that the page can reach', async () => {
  await open({ tag: `data-nova-open data-nova-attachments data-nova-starters='["Why?"]'` });
  await page.getByRole('button', { name: 'Why?' }).waitFor();
  const names = (): Promise<(string | null)[]> =>
    page.locator('nova-chat').evaluate((chat) => {
      const controls = [...(chat.shadowRoot?.querySelectorAll('button, textarea, select, label') ?? [])];
      return controls.map((control) => control.getAttribute('part') ?? `none: ${control.outerHTML.slice(0, 120)}`);
    });
  const before = await names();
  await exchange('Why?', 'So.');
  await page.getByRole('button', { name: 'Copy answer' }).waitFor();
  const all = [...new Set([...before, ...(await names())])];
  expect(all.filter((name) => name?.startsWith('none'))).toEqual([]);
  expect(all).toEqual(expect.arrayContaining(['launcher', 'close', 'input', 'send', 'starter', 'attach', 'action']));
  await page.addStyleTag({ content: all.map((name) => `nova-chat::part(${name}) { display: none }`).join('\n') });
  expect(await page.locator('nova-chat').locator('button:visible, textarea:visible, label:visible').count()).toBe(0);
});

it('it cannot be imported where there is no page', () => {
  const script = `await import('@nova-chat/widget'); await import('@nova-chat/widget/react'); console.log('fine')`;
  expect(String(execFileSync(process.execPath, ['--input-type=module', '--eval', script]))).toBe('fine\n');
});
