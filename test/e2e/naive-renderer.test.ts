import { createRequire } from 'node:module';
import type { Marked } from 'marked';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchChromium } from '../support/chromium.js';
import { hostileTexts } from '../support/hostile-texts.js';
import { startWidgetSite, type WidgetSite } from '../support/start-widget-site.js';
import { openAttackedPage, type Traps } from '../support/watch-attacks.js';

type Way = 'document' | 'element';

const frameCount = 30;

let site: WidgetSite;
let browser: Browser;
beforeAll(async () => {
  [site, browser] = await Promise.all([startWidgetSite(), launchChromium()]);
});
afterAll(async () => {
  await browser?.close();
  await site?.[Symbol.asyncDispose]();
});

it('sees nine of ten hostile texts do their harm where HTML is made of them as careless pages do', async () => {
  // The widget's own: the root's is an old one, of another tool.
  const { marked } = createRequire(`${process.cwd()}/packages/widget/package.json`)('marked') as { marked: Marked };
  const rendered = hostileTexts.map(({ text }, number) => ({ number, html: marked.parse(text) as string }));
  site.pages.set('/', { body: '<!doctype html><link rel="icon" href="data:,"><body>' });
  await using attacked = await openAttackedPage(browser, site.url);
  const harmed = new Set<number>();

  async function tryOut(way: Way): Promise<void> {
    const left = rendered.filter(({ number }) => !harmed.has(number));
    for (let start = 0; start < left.length; start += frameCount) {
      const texts = left.slice(start, start + frameCount);
      for (const number of await attacked.page.evaluate(renderNaively, { texts, way })) harmed.add(number);
    }
    const { hits, hosts } = await attacked.toll();
    for (const number of hits) harmed.add(number);
    for (const host of hosts) harmed.add(Number(/^p(\d+)\.evil\.example$/.exec(host)?.[1]));
  }

  await tryOut('document');
  await tryOut('element');
  const harmless = hostileTexts.filter((_, number) => !harmed.has(number)).map(({ text }) => text);
  expect(hostileTexts.length).toBeGreaterThanOrEqual(200);
  expect(harmless.length / hostileTexts.length, harmless.join('\n')).toBeLessThan(0.1);
});

/**
 * Shows HTML in frames: as a document of its own, or by `innerHTML` and by `innerHTML` of what that has become. Gives
 * the numbers of those after which names of the page are not what they were.
 */
async function renderNaively(options: {
  texts: readonly { number: number; html: string }[];
  way: Way;
}): Promise<number[]> {
  const { touch } = window as unknown as Traps;
  const isDocument = options.way === 'document';
  const frames = options.texts.map(({ number, html }) => {
    const frame = document.createElement('iframe');
    frame.srcdoc = isDocument ? html : '<body>';
    const loaded = new Promise((resolve) => {
      frame.onload = resolve;
    });
    document.body.append(frame);
    return { number, html, frame, loaded };
  });
  const clobbered: number[] = [];
  for (const { number, html, frame, loaded } of frames) {
    await loaded;
    try {
      const { contentDocument, contentWindow } = frame;
      if (!contentDocument?.body || !contentWindow) continue;
      if (!isDocument) {
        contentDocument.body.innerHTML = html;
        const again = contentDocument.createElement('div');
        again.innerHTML = contentDocument.body.innerHTML;
        contentDocument.body.append(again);
      }
      const page = contentWindow as unknown as Record<string, unknown>;
      const own = contentDocument as unknown as Record<string, unknown>;
      const isClobbered =
        page['config'] !== undefined ||
        page['nova'] !== undefined ||
        typeof own['cookie'] !== 'string' ||
        typeof own['getElementById'] !== 'function';
      if (isClobbered) clobbered.push(number);
      touch(contentDocument);
    } catch {
      // It has been led away from this origin.
    }
  }
  // What was touched may load something.
  await new Promise((resolve) => setTimeout(resolve, 300));
  for (const { frame } of frames) frame.remove();
  return clobbered;
}
