import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../support/chromium.js';
import { askAndRead, chatOf, openOwnedPage, tag, toRichAnswer } from '../support/owned-page.js';
import { type SiteQuestion, startWidgetSite, type WidgetSite } from '../support/start-widget-site.js';

let site: WidgetSite;
let browser: Browser;
beforeAll(async () => {
  [site, browser] = await Promise.all([startWidgetSite(), launchChromium()]);
  site.answer = toRichAnswer;
});
afterAll(async () => {
  await browser?.close();
  await site?.[Symbol.asyncDispose]();
});

const scripts: Record<string, string> = {
  'adds to Object.prototype': `
    for (const name of ['x', 'extend', 'each', 'clone', 'merge', 'isEmpty', 'size', 'label', 'title', 'name', 'url', 'code', 'status', 'message', 'user', 'live'])
      Object.prototype[name] = function () { return 'polluted' };`,
  'adds to Array, String, Function and Element': `
    for (const { prototype } of [Array, String, Number, Function, Element, Node, Event, EventTarget, Promise])
      for (const name of ['extend', 'each', 'invoke', 'pluck', 'compact', 'contains2', 'getElement', 'getProperty', 'setStyle', 'addEvent', 'fireEvent', 'show', 'hide', 'toggle', 'stop', 'erase', 'implement', 'refresh'])
        if (!(name in prototype)) prototype[name] = function () { return null };`,
  'brings its own Array.from, includes and find': `
    Array.from = (item) => item == null ? [] : typeof item === 'string' ? [item] : Array.prototype.slice.call(item);
    Array.prototype.includes = function (item) { return this.indexOf(item) !== -1 };
    Array.prototype.find = function (test, self) { for (let i = 0; i < this.length; i++) if (test.call(self, this[i], i, this)) return this[i] };`,
  'wraps JSON': `
    const { stringify, parse } = JSON;
    JSON.stringify = (...given) => stringify(...given); JSON.parse = (...given) => parse(...given);`,
  'wraps fetch, Promise, timers and listeners': `
    const { fetch: real, Promise: RealPromise, setTimeout: wait } = window;
    window.fetch = async function (...given) { const response = await real.apply(this, given); response.clone().text().catch(() => {}); return response };
    window.Promise = class extends RealPromise {};
    window.setTimeout = (run, ms, ...given) => wait(() => run(...given), ms);
    const { addEventListener } = EventTarget.prototype;
    EventTarget.prototype.addEventListener = function (type, listener, options) { return addEventListener.call(this, type, listener, options) };`,
  'has storage that throws': `
    for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches'])
      Object.defineProperty(window, name, { get() { throw new DOMException('No', 'SecurityError') } });`,
  'has storage that takes nothing': `
    for (const name of ['setItem', 'getItem', 'removeItem', 'key'])
      Storage.prototype[name] = () => { throw new DOMException('Full', 'QuotaExceededError') };`,
  'has no tabs to talk to, no locks and no database': `
    delete window.BroadcastChannel; delete window.indexedDB; delete window.requestIdleCallback;
    Object.defineProperty(navigator, 'locks', { value: undefined });
    Object.defineProperty(navigator, 'userActivation', { value: undefined });`,
  'uses the name nova for itself': `window.nova = { mine: true }; window.litHtmlVersions = 'mine'; window.chat = document;`,
};

describe('a script of the page', () => {
  it('that turns arrays into texts for JSON changes no question, no context and nothing that is kept', async () => {
    const script = `Array.prototype.toJSON = Object.prototype.toJSON = function () { return 'text' };`;
    const asked: SiteQuestion[] = [];
    site.answer = (question) => {
      asked.push(question);
      return toRichAnswer(question);
    };
    const body = tag(`data-nova-persist="local" data-nova-context='{ "page": "Prices", "rows": [1, [2]] }'`);
    await using opened = await openOwnedPage(browser, site, { head: `<script>${script}</script>`, body });
    const { page } = opened;
    await askAndRead(page);
    expect(asked[1]?.messages.map(({ role }) => role)).toEqual(['system', 'user', 'assistant', 'user']);
    expect(asked[1]?.messages[0]?.content).toContain('{"page":"Prices","rows":[1,[2]]}');
    await page.reload();
    await chatOf(page).locator('.assistant strong', { hasText: 'And then?' }).waitFor();
    expect(await page.evaluate('JSON.stringify([1])')).toBe('"text"');
    expect(opened.errors).toEqual([]);
    site.answer = toRichAnswer;
  });

  it.each(Object.entries(scripts))('that %s does not keep a question from its answer', async (_, script) => {
    await using opened = await openOwnedPage(browser, site, { head: `<script>${script}</script>` });
    await askAndRead(opened.page);
    expect(opened.errors).toEqual([]);
    if (script.includes('nova =')) expect(await opened.page.evaluate('nova.mine')).toBe(true);
  });
});
