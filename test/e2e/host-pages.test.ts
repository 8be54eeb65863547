import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { type HostPage, type HostPageOptions, openHostPage } from '../support/host-page.js';
import { prepareSlowAnswers } from '../support/prepare-slow-answers.js';
import { answerWords, beginAnswer, expectSameChat, expectWholeAnswer } from '../support/started-answer.js';

const read = (path: string): string => readFileSync(`node_modules/${path}`, 'utf8');

const used = prepareSlowAnswers(answerWords, 2);
// The second half of an answer waits for a test.
beforeEach(() => used.upstream.pauseAt(30));

const tag = (attributes = ''): string => `<script async src="/widget/embed.js" ${attributes}></script>`;
const open = (options: Omit<HostPageOptions, 'context' | 'url'>): Promise<HostPage> =>
  openHostPage({ ...options, context: used.context, url: used.server.url });

const expectSame = async (host: HostPage): Promise<void> => {
  await expectSameChat(host);
  await expectWholeAnswer(host, used.upstream.goOn);
  expect(used.upstream.questions).toEqual(['Go on?']);
};

const places: [string, (head: string, body: string) => string][] = [
  ['in the head', (title, body) => `<head>${title}${tag()}<body>${body}`],
  ['in the body', (title, body) => `<head>${title}<body>${body}${tag()}`],
];

describe.each(places)('a chat whose script tag is %s', (_, toPage) => {
  const toTurboPage = (name: string, meta = ''): string =>
    toPage(
      `<title>${name}</title>${meta}<script type="module" src="/turbo.js"></script>`,
      `<main><h1>Page ${name}</h1><a href="/a">to a</a> <a href="/b">to b</a></main>`,
    );
  const scripts = { '/turbo.js': read('@hotwired/turbo/dist/turbo.es2017-esm.js') };

  it('goes on over the visits of Turbo, and back', async () => {
    const host = await open({ pages: { '/a': toTurboPage('a'), '/b': toTurboPage('b') }, scripts });
    await beginAnswer(host);
    for (const name of ['b', 'a']) {
      await host.page.getByRole('link', { name: `to ${name}` }).click();
      await host.page.getByRole('heading', { name: `Page ${name}` }).waitFor();
    }
    await host.page.goBack();
    await host.page.getByRole('heading', { name: 'Page b' }).waitFor();
    await expectSame(host);
  });

  it('goes on when Turbo morphs its page', async () => {
    const meta =
      '<meta name="turbo-refresh-method" content="morph"><meta name="turbo-refresh-scroll" content="preserve">';
    const host = await open({ pages: { '/a': toTurboPage('a', meta) }, scripts });
    await beginAnswer(host);
    await host.page.evaluate(() => {
      document.querySelector('h1')?.replaceChildren('Changed');
      const { Turbo } = window as unknown as { Turbo: { visit(url: string, options: object): void } };
      Turbo.visit(location.href, { action: 'replace' });
    });
    await host.page.getByRole('heading', { name: 'Page a' }).waitFor();
    await expectSame(host);
  });

  it.each(['innerHTML', 'outerHTML'])('goes on when its page is morphed by its %s', async (morphStyle) => {
    const page = toPage('<title>a</title>', '<main><h1>Page a</h1></main>');
    const host = await open({
      pages: { '/a': page },
      scripts: { '/idiomorph.js': read('idiomorph/dist/idiomorph.js') },
    });
    await host.page.addScriptTag({ url: '/idiomorph.js' });
    await beginAnswer(host);
    await host.page.evaluate((style) => {
      const { Idiomorph } = window as unknown as { Idiomorph: { morph(node: Node, content: string, o: object): void } };
      const inside = '<div>New</div><main><h1>Page b</h1></main><footer>More</footer>';
      const content = style === 'outerHTML' ? `<body>${inside}</body>` : inside;
      Idiomorph.morph(document.body, content, { morphStyle: style });
    }, morphStyle);
    await host.page.getByRole('heading', { name: 'Page b' }).waitFor();
    await expectSame(host);
  });

  it('goes on when Astro swaps the body in a view transition', async () => {
    const page = (name: string): string => toPage(`<title>${name}</title>`, `<main><h1>Page ${name}</h1></main>`);
    const host = await open({ pages: { '/a': page('a'), '/b': page('b') } });
    await beginAnswer(host);
    await host.page.evaluate(async () => {
      // As the swap of its router: another body, and the scripts in it run that have not run yet.
      const next = new DOMParser().parseFromString(await (await fetch('/b')).text(), 'text/html');
      const swap = (): void => {
        document.body.replaceWith(next.body);
        for (const script of document.body.querySelectorAll('script')) {
          const copy = document.createElement('script');
          for (const { name, value } of script.attributes) copy.setAttribute(name, value);
          script.replaceWith(copy);
        }
      };
      await document.startViewTransition(swap).finished;
      history.pushState({}, '', '/b');
    });
    await host.page.getByRole('heading', { name: 'Page b' }).waitFor();
    await expectSame(host);
  });
});

const plain = {
  '/a': `<title>a</title><body><h1>Page a</h1>${tag()}`,
  '/b': `<title>b</title><body><h1>Page b</h1>${tag()}`,
};

describe('a chat of the script tag', () => {
  it('goes on over the routes of an app', async () => {
    const host = await open({ pages: plain });
    await beginAnswer(host);
    await host.page.evaluate(() => {
      for (const path of ['/b', '/c']) {
        history.pushState({}, '', path);
        document.querySelector('h1')?.replaceWith(document.createElement('main'));
      }
      history.back();
    });
    await expectSame(host);
  });

  it.each<[string, () => void]>([
    ['put in the place of the old one', () => document.body.replaceWith(document.createElement('body'))],
    [
      'set by the page',
      () => {
        document.body = document.createElement('body');
      },
    ],
    [
      'written anew',
      () => {
        document.body.innerHTML = '<h1>New</h1>';
      },
    ],
    ['emptied', () => document.body.replaceChildren()],
  ])('goes on in a body that is %s', async (_, replace) => {
    const host = await open({ pages: plain });
    await beginAnswer(host);
    await host.page.evaluate(replace);
    await expectSame(host);
  });

  it('shows its bubble in another body before it has been loaded', async () => {
    const host = await open({ pages: plain });
    await host.page.getByRole('button', { name: /chat/i }).waitFor();
    await host.page.evaluate(() => document.body.replaceWith(document.createElement('body')));
    await beginAnswer(host);
    await expectSame(host);
  });

  it('stays away after a shutdown until it is shown', async () => {
    const host = await open({ pages: plain });
    await beginAnswer(host);
    await host.page.evaluate(async () => {
      const { nova } = window as unknown as { nova: (name: string) => Promise<unknown> };
      await nova('shutdown');
      document.body.replaceWith(document.createElement('body'));
      document.body.append('New');
    });
    expect(await host.page.locator('nova-chat, nova-launcher').count()).toBe(0);
    await host.page.evaluate(() => (window as unknown as { nova: (name: string) => unknown }).nova('show'));
    await host.page.getByRole('dialog', { name: 'Chat' }).waitFor();
    await host.page.evaluate(() => document.body.replaceWith(document.createElement('body')));
    await host.page.getByRole('dialog', { name: 'Chat' }).waitFor();
    expect(host.troubles).toEqual({ consoleErrors: [], violations: [] });
  });

  it('is one when its script runs twice', async () => {
    const host = await open({ pages: { '/a': `<title>a</title><body>${tag()}${tag()}` } });
    await beginAnswer(host);
    await host.page.addScriptTag({ url: '/widget/embed.js' });
    await expectSame(host);
  });

  it('that stands in the page goes where the script stands in the next one', async () => {
    const inline = tag('data-nova-mode="inline"');
    const page = (name: string): string => `<title>${name}</title><script type="module" src="/turbo.js"></script>
      <body><h1>Page ${name}</h1><a href="/b">to b</a><section id="${name}">${inline}</section><p>End</p>`;
    const scripts = { '/turbo.js': read('@hotwired/turbo/dist/turbo.es2017-esm.js') };
    const host = await open({ pages: { '/a': page('a'), '/b': page('b') }, scripts });
    await beginAnswer(host);
    await host.page.getByRole('link', { name: 'to b' }).click();
    await host.page.getByRole('heading', { name: 'Page b' }).waitFor();
    await expect.poll(() => host.page.locator('section#b > nova-chat').count()).toBe(1);
    await expectWholeAnswer(host, used.upstream.goOn);
    expect(used.upstream.questions).toEqual(['Go on?']);
  });
});
