import { readFile } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../support/chromium.js';
import { askAndRead, chatOf, type Look, lookOf, openOwnedPage, tag, toRichAnswer } from '../support/owned-page.js';
import { startWidgetSite, type WidgetSite } from '../support/start-widget-site.js';

let site: WidgetSite;
let browser: Browser;
let plainLook: Look;
beforeAll(async () => {
  [site, browser] = await Promise.all([startWidgetSite(), launchChromium()]);
  site.answer = toRichAnswer;
  await using plain = await openOwnedPage(browser, site, {});
  await askAndRead(plain.page);
  plainLook = await lookOf(plain.page);
  expect(Object.keys(plainLook).length).toBeGreaterThan(9);
});
afterAll(async () => {
  await browser?.close();
  await site?.[Symbol.asyncDispose]();
});

describe('a style sheet of the page', () => {
  it.each([
    ['unsets everything', '* { all: unset !important }'],
    [
      'sets everything',
      `body * { margin: 9px !important; padding: 9px !important; border: 3px solid red !important; background: yellow !important;
        color: red !important; font: italic 30px/3 serif !important; letter-spacing: 5px !important; word-spacing: 9px !important;
        text-transform: uppercase !important; text-indent: 40px !important; text-align: right !important; float: left !important;
        box-sizing: content-box !important; opacity: .5 !important; filter: blur(2px) !important; transform: rotate(3deg) !important;
        pointer-events: none !important; cursor: wait !important; white-space: pre !important; width: 50% !important;
        overflow: hidden !important; user-select: none !important; position: relative !important; z-index: 1 !important }`,
    ],
    [
      'styles every element by its name, and has a small root',
      `html { font-size: 62.5% } body { font: 300 9px cursive; line-height: 3; text-align: center }
        button, input, textarea, select { all: revert; font-size: 4rem; text-transform: uppercase; background: red !important }
        section, header, article, form, p, ul, li, table, svg, pre, code, h2, span, div { display: none !important }
        .launcher, .panel, .send, .bubble { position: static !important; color: red !important }
        nova-chat, nova-message { --_bg: red; --_fg: red; --_muted: red; --_font: cursive }`,
    ],
  ])('that %s leaves the chat as it is', async (_, css) => {
    await using opened = await openOwnedPage(browser, site, { head: `<style>${css}</style>` });
    await askAndRead(opened.page);
    expect(await lookOf(opened.page)).toEqual(plainLook);
    expect(opened.errors).toEqual([]);
  });

  it('that unsets everything leaves an inline chat a place and a height', async () => {
    await using opened = await openOwnedPage(browser, site, {
      head: '<style>* { all: unset !important }</style>',
      body: tag('data-nova-mode="inline"'),
    });
    await askAndRead(opened.page);
    const box = await chatOf(opened.page).locator('.panel').boundingBox();
    expect(box?.height).toBeGreaterThan(300);
    expect(box?.width).toBeGreaterThan(300);
    await chatOf(opened.page).getByRole('button', { name: 'Send' }).scrollIntoViewIfNeeded();
  });
});

const base = '<base href="https://elsewhere.example/shop/">';

describe('a page', () => {
  it('that scrolls by itself leaves the log to who reads in it', async () => {
    await using opened = await openOwnedPage(browser, site, {
      body: `<p style="margin-top: 3000px">The end</p>${tag()}<script>
        addEventListener('wheel', (event) => {
          event.preventDefault();
          scrollBy(0, event.deltaY);
        }, { passive: false });</script>`,
    });
    const { page } = opened;
    await page.setViewportSize({ width: 1000, height: 500 });
    await askAndRead(page);
    const log = chatOf(page).getByRole('log');
    const top = (): Promise<number> => log.evaluate(({ scrollTop }) => scrollTop);
    await expect.poll(top).toBeGreaterThan(200);
    await log.hover();
    await page.mouse.wheel(0, -5000);
    await expect.poll(top).toBe(0);
    expect(await page.evaluate(() => scrollY)).toBe(0);
    // Beside the chat it goes on as it is used to.
    await page.mouse.move(50, 50);
    await page.mouse.wheel(0, 300);
    await expect.poll(() => page.evaluate(() => scrollY)).toBe(300);
  });

  it('that has keys of its own does not hear what is typed into the chat', async () => {
    await using opened = await openOwnedPage(browser, site, {
      body: `<input id="search">${tag()}<script>
        addEventListener('keydown', (event) => {
          if (event.key !== '/' || event.target.matches('input, textarea')) return;
          event.preventDefault();
          document.querySelector('#search').focus();
        });</script>`,
    });
    const { page } = opened;
    await askAndRead(page);
    const input = chatOf(page).locator('textarea');
    await input.click();
    await page.keyboard.type('and/or');
    expect(await input.inputValue()).toBe('and/or');
  });

  it('with a base on another host has its answers from its own', async () => {
    const body = `<script src="${site.url}/widget/embed.js"></script>`;
    await using opened = await openOwnedPage(browser, site, { head: base, body });
    const foreign: string[] = [];
    opened.page.on('request', (request) => {
      if (!request.url().startsWith(site.url)) foreign.push(request.url());
    });
    await askAndRead(opened.page);
    expect(foreign).toEqual([]);
  });

  it('with a base on another host has them too for an element without an endpoint', async () => {
    const body = `<nova-chat></nova-chat><script src="${site.url}/widget/embed.js"></script>`;
    await using opened = await openOwnedPage(browser, site, { head: base, body });
    await askAndRead(opened.page);
  });

  it('with a base goes to its own place for a fragment of an answer, and nowhere else', async () => {
    site.answer = () => [{ delta: { content: 'See [the prices](#prices), [all](#).' } }];
    await using opened = await openOwnedPage(browser, site, {
      head: base,
      body: `<p id="prices" style="margin-top: 3000px">Prices</p><script src="${site.url}/widget/embed.js" data-nova-open></script>`,
    });
    const { page } = opened;
    await page.locator('nova-chat textarea').fill('Where?');
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: 'the prices' }).click();
    await expect.poll(() => page.url()).toBe(`${site.url}/#prices`);
    await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(1000);
    await page.getByRole('link', { name: 'all' }).click();
    await expect.poll(() => page.evaluate(() => scrollY)).toBe(0);
    expect(await page.locator('h1').innerText()).toBe('Shop');
    site.answer = toRichAnswer;
  });

  it('without a network at first has no hole in the place of an inline chat, which comes with the network', async () => {
    await using opened = await openOwnedPage(browser, site, { body: '<div id="here"></div><p id="below">Below</p>' });
    const { page } = opened;
    const top = (): Promise<number> => page.locator('#below').evaluate((below) => below.getBoundingClientRect().top);
    const before = await top();
    await page.route('**/nova-chat.js*', (route) => route.abort());
    const failed = page.waitForEvent('requestfailed');
    await page.evaluate(() => {
      const script = Object.assign(document.createElement('script'), { src: '/widget/embed.js' });
      Object.assign(script.dataset, { novaMode: 'inline', novaTarget: '#here' });
      document.body.append(script);
    });
    await failed;
    await expect.poll(top).toBe(before);
    await page.unrouteAll();
    await page.evaluate(() => dispatchEvent(new Event('online')));
    await chatOf(page).locator('textarea').waitFor();
    expect((await top()) - before).toBeGreaterThanOrEqual(600);
    await askAndRead(page);
  });

  it('in a sandbox of its own, without an origin, has answers', async () => {
    await using opened = await openOwnedPage(browser, site, { body: '<p>Outside.</p>' });
    const inside = `<!doctype html><html lang="en"><body>${tag().replace('"/widget', `"${site.url}/widget`)}`;
    await opened.page.evaluate((srcdoc) => {
      const frame = Object.assign(document.createElement('iframe'), { srcdoc, width: 900, height: 700 });
      frame.setAttribute('sandbox', 'allow-scripts');
      document.body.append(frame);
    }, inside);
    const frame = await (await opened.page.waitForSelector('iframe')).contentFrame();
    if (!frame) throw new Error('no frame');
    await askAndRead(frame);
    expect(opened.errors).toEqual([]);
  });

  it('that trusts no policy of ours is told that the chat could not be loaded, and goes on', async () => {
    const policy = "trusted-types other; require-trusted-types-for 'script'";
    await using opened = await openOwnedPage(browser, site, { headers: { 'content-security-policy': policy } });
    const said: string[] = [];
    opened.page.on('console', (message) => {
      if (message.text().startsWith('Nova Chat')) said.push(message.text());
    });
    await opened.page.getByRole('button', { name: 'Chat', exact: true }).click();
    await opened.page.getByRole('button', { name: /did not load/ }).waitFor();
    // The owner of the page is told which line is missing, once, in the words of the document.
    expect(said).toHaveLength(1);
    const [line = ''] = /trusted-types .*/.exec(said[0] ?? '') ?? [];
    expect(line).toBe("trusted-types lit-html 'allow-duplicates'");
    expect(await readFile('docs/security.md', 'utf8')).toContain(line);
    expect(await opened.page.locator('h1').innerText()).toBe('Shop');
  });
});

describe('of the chat', () => {
  it('nothing is left in the page but its element and nova()', async () => {
    await using opened = await openOwnedPage(browser, site, {
      head: '<style>p { color: rgb(1, 2, 3) }</style>',
      body: '<p id="own">Own</p>',
    });
    const { page } = opened;
    const before = await page.evaluate(takeStock);
    await page.addScriptTag({ url: '/widget/embed.js' });
    await askAndRead(page);
    // The first bubble is left under the chat's own for a moment.
    await page.locator('nova-launcher').waitFor({ state: 'detached' });
    await page.locator('body > script, head > script').evaluateAll((all) => {
      for (const script of all) script.remove();
    });
    const after = await page.evaluate(takeStock);
    expect(after.globals.filter((name) => !before.globals.includes(name))).toEqual(['nova']);
    expect(after.body).toEqual([...before.body, 'NOVA-CHAT']);
    expect({ ...after, globals: [], body: [] }).toEqual({ ...before, globals: [], body: [] });
  });

  it('no click of the page is taken while it is closed, before it was open and after', async () => {
    await using opened = await openOwnedPage(browser, site, {
      head: '<style>html, body { margin: 0; height: 100% }</style>',
    });
    const { page } = opened;
    await page.getByRole('button', { name: 'Chat', exact: true }).waitFor();
    expect(await page.evaluate(findTaken)).toEqual([]);
    await askAndRead(page);
    await page.keyboard.press('Escape');
    await chatOf(page).locator('.panel').waitFor({ state: 'hidden' });
    expect(await page.evaluate(findTaken)).toEqual([]);
  });
});

/** Says what a page consists of that a script can change for others. */
function takeStock() {
  const natives = [Object, Array, String, Function, Promise, Element, HTMLElement, Node, Event, EventTarget, Map, Set];
  const { head, body, documentElement } = document;
  const own = document.querySelector('#own') as Element;
  return {
    globals: Object.getOwnPropertyNames(window),
    prototypes: natives.map(({ prototype }) => Reflect.ownKeys(prototype).map(String)),
    statics: [Object, Array, JSON, Math, Reflect, customElements, document].map((held) =>
      Reflect.ownKeys(held).map(String),
    ),
    sheets: document.styleSheets.length + document.adoptedStyleSheets.length,
    head: head.outerHTML,
    root:
      documentElement.cloneNode(false) instanceof Element &&
      [...documentElement.attributes, ...body.attributes].map(String),
    body: [...body.children].map(({ tagName }) => tagName),
    look: [...getComputedStyle(own)].map((name) => getComputedStyle(own).getPropertyValue(name)).join(),
    title: document.title,
    history: history.length,
    address: location.href,
  };
}

/** Gives the places at which the page cannot be clicked, but for the launcher's. */
function findTaken(): string[] {
  const taken: string[] = [];
  for (let x = 5; x < innerWidth; x += 25) {
    for (let y = 5; y < innerHeight; y += 25) {
      const isLauncher = x > innerWidth - 80 && y > innerHeight - 80;
      const hit = document.elementFromPoint(x, y)?.localName ?? '';
      if (!isLauncher && hit.startsWith('nova')) taken.push(`${x} ${y} ${hit}`);
    }
  }
  return taken;
}
