import { cpSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { chromiumArgs, chromiumPath } from '../support/chromium.js';
import { type HostPage, type HostPageOptions, openHostPage } from '../support/host-page.js';
import { prepareSlowAnswers } from '../support/prepare-slow-answers.js';
import { answerWords, beginAnswer, expectSameChat, expectWholeAnswer } from '../support/started-answer.js';

const used = prepareSlowAnswers(answerWords, 2);
// The second half of an answer waits for a test.
beforeEach(() => used.upstream.pauseAt(30));

const tag = (attributes = ''): string => `<script async src="/widget/embed.js" ${attributes}></script>`;
const open = (options: Omit<HostPageOptions, 'context' | 'url'>): Promise<HostPage> =>
  openHostPage({ ...options, context: used.context, url: used.server.url });
const scripts = { '/turbo.js': readFileSync('node_modules/@hotwired/turbo/dist/turbo.es2017-esm.js', 'utf8') };

const expectSame = async (host: HostPage): Promise<void> => {
  await expectSameChat(host);
  await expectWholeAnswer(host, used.upstream.goOn);
  expect(used.upstream.questions).toEqual(['Go on?']);
};

describe('a <nova-chat> of the page itself', () => {
  const toPage = (name: string, attributes: string): string =>
    `<head><title>${name}</title>${tag()}<script type="module" src="/turbo.js"></script>
     <body><h1>Page ${name}</h1><a href="/b">to b</a><nova-chat ${attributes}></nova-chat>`;

  it.each([
    ['is kept by Turbo', 'id="help" data-turbo-permanent'],
    ['goes into the place of the one in the next page', 'heading="Chat"'],
  ])('%s', async (_, attributes) => {
    const pages = { '/a': toPage('a', attributes), '/b': toPage('b', attributes) };
    const host = await open({ pages, scripts });
    await beginAnswer(host);
    await host.page.getByRole('link', { name: 'to b' }).click();
    await host.page.getByRole('heading', { name: 'Page b' }).waitFor();
    await expectSame(host);
  });

  it('is found by a script in the head that is there before the parser has come so far', async () => {
    const { context, server } = used;
    const loader = context.waitForEvent('requestfinished', (request) => request.url().endsWith('/widget/embed.js'));
    await context.route(`${server.url}/slow.js`, async (route) => {
      await loader;
      // So that it has run, too.
      await new Promise((resolve) => setTimeout(resolve, 500));
      await route.fulfill({
        contentType: 'text/javascript',
        body: 'window.early = document.querySelector("nova-launcher")',
      });
    });
    const inside = `<head><title>a</title>${tag()}<body><h1>Page a</h1><script src="/slow.js"></script>
      <nova-chat heading="Ours"></nova-chat>`;
    const { page } = await open({ pages: { '/a': inside } });
    await page.locator('nova-chat').getByRole('button', { name: 'Chat', exact: true }).click();
    await page.getByRole('dialog', { name: 'Ours' }).waitFor();
    expect(await page.evaluate(() => (window as { early?: unknown }).early)).toBeNull();
    expect(await page.locator('nova-chat, nova-launcher').count()).toBe(1);
  });

  it('stays open, and what it is, when its attributes are morphed', async () => {
    const host = await open({ pages: { '/a': toPage('a', 'mode="panel"') }, scripts });
    await host.page.addScriptTag({ content: readFileSync('node_modules/idiomorph/dist/idiomorph.js', 'utf8') });
    await beginAnswer(host);
    await host.page.evaluate(() => {
      const { Idiomorph } = window as unknown as { Idiomorph: { morph(node: Node, content: string, o: object): void } };
      Idiomorph.morph(document.body, '<h1>Page b</h1><nova-chat mode="panel"></nova-chat>', {
        morphStyle: 'innerHTML',
      });
    });
    await host.page.getByRole('heading', { name: 'Page b' }).waitFor();
    await expectSame(host);
  });

  it.each([
    ['at once', 0],
    ['after a while', 300],
  ])('goes on when it is taken out in mid-answer and put back %s', async (_, ms) => {
    const host = await open({ pages: { '/a': toPage('a', '') }, scripts });
    await beginAnswer(host);
    await host.page.evaluate(async (pauseMs) => {
      const chat = document.querySelector('nova-chat') as Element;
      chat.remove();
      if (pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs));
      document.body.prepend(chat);
    }, ms);
    await expectSame(host);
  });

  it('keeps the place of the reader and the cursor when it is moved', async () => {
    const host = await open({ pages: { '/a': `<title>a</title>${tag()}<body><h1>Page a</h1>` } });
    const { page } = host;
    await beginAnswer(host);
    used.upstream.goOn();
    await expect.poll(async () => (await host.messages()).at(-1)?.status, { timeout: 20_000 }).toBe('complete');
    const log = page.getByRole('log');
    await log.evaluate((element) => {
      (element.firstElementChild as HTMLElement).style.paddingBottom = '2000px';
    });
    await log.hover();
    await page.mouse.wheel(0, 300);
    await expect.poll(() => log.evaluate(({ scrollTop }) => scrollTop)).toBeGreaterThan(100);
    await page.mouse.wheel(0, -60);
    const top = await log.evaluate(async (element) => {
      // A wheel scrolls over several frames.
      for (let before = -1; before !== element.scrollTop; ) {
        before = element.scrollTop;
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
      return element.scrollTop;
    });
    await page.getByRole('textbox', { name: 'Ask a question' }).press('End');
    await page.evaluate(() => document.body.replaceWith(document.createElement('body')));
    await expect.poll(() => log.evaluate(({ scrollTop }) => scrollTop)).toBe(top);
    await page.keyboard.type(' Now?');
    expect(await page.getByRole('textbox', { name: 'Ask a question' }).inputValue()).toBe('And then? Now?');
  });
});

describe('a page that is left and loaded again', () => {
  it.each(['data-nova-persist="local"', 'data-nova-persist="session"'])(
    'goes on with its answer by itself, with %s',
    async (persist) => {
      const host = await open({ pages: { '/a': `<title>a</title><body>${tag(persist)}` } });
      await beginAnswer(host);
      await host.page.reload();
      await host.page.getByRole('dialog', { name: 'Chat' }).waitFor();
      await expect.poll(() => host.messages()).toHaveLength(2);
      await expectWholeAnswer(host, used.upstream.goOn);
      expect(used.upstream.questions).toEqual(['Go on?']);
    },
  );

  it('goes on behind a closed bubble too, which says so when it has ended', async () => {
    const host = await open({ pages: { '/a': `<title>a</title><body>${tag('data-nova-persist="local"')}` } });
    await beginAnswer(host);
    await host.page.keyboard.press('Escape');
    await host.page.reload();
    used.upstream.goOn();
    await expect.poll(async () => (await host.messages()).at(-1)?.status, { timeout: 15_000 }).toBe('complete');
    await host.page.getByText('1', { exact: true }).waitFor();
    expect(await host.page.getByRole('dialog').count()).toBe(0);
    // There is nothing to go on with any more: the next page loads the bubble alone.
    await host.page.reload();
    await host.page.getByRole('button', { name: /chat/i }).waitFor();
    expect(await host.page.locator('nova-launcher').count()).toBe(1);
    expect(host.troubles).toEqual({ consoleErrors: [], violations: [] });
  });

  it('loads nothing by itself with persist=none', async () => {
    const host = await open({ pages: { '/a': `<title>a</title><body>${tag('data-nova-persist="none"')}` } });
    await beginAnswer(host);
    expect(await host.page.evaluate(() => ({ ...sessionStorage, ...localStorage }))).toEqual({});
    await host.page.reload();
    await host.page.locator('nova-launcher').waitFor({ state: 'attached' });
    expect(await host.page.locator('nova-chat').count()).toBe(0);
  });

  it('comes out of the back-forward cache as it was', async () => {
    // Playwright's own arguments switch that cache off.
    const own = await chromium.launch({
      chromiumSandbox: false,
      executablePath: chromiumPath,
      args: chromiumArgs,
      ignoreDefaultArgs: ['--disable-back-forward-cache'],
    });
    try {
      const pages = {
        '/a': `<title>a</title><body>${tag('data-nova-persist="local"')}`,
        '/b': '<title>b</title><h1>Page b</h1>',
      };
      const host = await openHostPage({ pages, context: await own.newContext(), url: used.server.url });
      await beginAnswer(host);
      used.upstream.goOn();
      await expect.poll(async () => (await host.messages()).at(-1)?.status, { timeout: 20_000 }).toBe('complete');
      await host.page.evaluate(() => {
        addEventListener('pageshow', ({ persisted }) => Object.assign(window, { wasPersisted: persisted }));
      });
      await host.page.evaluate(() => location.assign('/b'));
      await host.page.getByRole('heading', { name: 'Page b' }).waitFor();
      await host.page.evaluate(() => history.back());
      await expect.poll(() => host.page.url()).toBe(`${used.server.url}/a`);
      expect(await host.page.evaluate(() => (window as unknown as { wasPersisted?: boolean }).wasPersisted)).toBe(true);
      await expectSameChat(host);
      await host.ask('And now?');
      await expect
        .poll(async () => (await host.messages()).map(({ status }) => status), { timeout: 20_000 })
        .toEqual(Array(4).fill('complete'));
    } finally {
      await own.close();
    }
  });
});

describe('two versions of the widget on one page', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'nova-version-'));
    cpSync('packages/widget/dist/embed', folder, { recursive: true });
    return () => rmSync(folder, { recursive: true, force: true });
  });

  it('leave the page to the first, whichever is loaded first', async () => {
    // Another release: other files, which nobody else has loaded.
    const files = Object.fromEntries(
      globSync('**/*.js', { cwd: folder }).map((file) => [
        `/v2/${file}`,
        `${readFileSync(join(folder, file), 'utf8')}\n/* 2.0.0 */`,
      ]),
    );
    const pages = { '/a': `<title>a</title><body>${tag()}` };
    const host = await open({ pages, scripts: files });
    await beginAnswer(host);
    await host.page.addScriptTag({ url: '/v2/embed.js' });
    const core = Object.keys(files).find((file) => file.endsWith('/nova-chat.js')) ?? '';
    await host.page.addScriptTag({ type: 'module', content: `import '${core}'; window.isSecondLoaded = true;` });
    await expect
      .poll(() => host.page.evaluate(() => (window as unknown as { isSecondLoaded?: boolean }).isSecondLoaded))
      .toBe(true);
    await expectSame(host);
  });
});
