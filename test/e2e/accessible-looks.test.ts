import { type Browser, type BrowserContextOptions, devices, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../support/chromium.js';
import { installContrastOf } from '../support/contrast-of.js';
import { type ChatPageOptions, openChatPage } from '../support/open-chat-page.js';

/** Whether the chat of the built script tag can be seen: the focus, in forced colours, larger, wider, from any side. */

let browser: Browser;
let page: Page;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser?.close());
afterEach(() => page?.context().close());

async function open(options: ChatPageOptions = {}, more: BrowserContextOptions = {}): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 900, height: 720 }, reducedMotion: 'reduce', ...more });
  await context.addInitScript(installContrastOf);
  ({ page } = await openChatPage(context, options));
  await page.waitForFunction(() => document.querySelector('nova-chat')?.shadowRoot);
}

const button = (name: string) => page.getByRole('button', { name, exact: true });
const asked = () => page.evaluate(() => window.hand.asked);

describe('the focus is seen', () => {
  const contrasts = () =>
    page.evaluate(() => {
      let element = document.activeElement;
      while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
      const ringed = element?.closest('.composer:has(textarea:focus)') ?? element;
      if (!element || !ringed) return undefined;
      const { outlineColor, outlineStyle, outlineWidth, borderTopColor, borderTopWidth } = getComputedStyle(ringed);
      // A frame of the same colour is a part of the ring.
      const frame = borderTopColor === outlineColor ? Number.parseFloat(borderTopWidth) : 0;
      const panel = ringed.closest('.panel');
      const ground = panel ? getComputedStyle(panel).backgroundColor : 'white';
      const { left, top, width, height } = element.getBoundingClientRect();
      const hit = (element.getRootNode() as ShadowRoot).elementFromPoint(
        left + width / 2,
        top + Math.min(height / 2, 20),
      );
      return {
        name: element.getAttribute('aria-label') ?? element.textContent?.trim() ?? '',
        ring: outlineStyle !== 'none' && Number.parseFloat(outlineWidth) + frame >= 2,
        contrast: window.contrastOf(outlineColor, ground) >= 3,
        isUncovered: hit === element || element.contains(hit) || hit?.contains(element),
      };
    });

  it.each(['light', 'dark'] as const)(
    'at each stop of Tab, with a ring of 2 px and 3:1 that nothing covers: %s',
    async (colorScheme) => {
      await open({ tag: `data-nova-open data-nova-starters='["When?"]'` }, { colorScheme });
      await page.getByRole('textbox').fill('Why?');
      await page.keyboard.press('Enter');
      await expect.poll(asked).toHaveLength(1);
      await page.evaluate(
        (said) => window.hand.say(said),
        'See [here](https://example.com).\n\n```js\nlet a;\n```\n\n| a |\n|---|\n| 1 |\n',
      );
      await page.evaluate(() => window.hand.complete());
      await button('Copy answer').waitFor();
      await page.locator('nova-launcher').waitFor({ state: 'detached' });
      expect(await walk()).toBeGreaterThan(10);
      // The list of conversations lies over all but the launcher.
      await button('Conversations').click();
      await page.getByRole('searchbox').waitFor();
      expect(await walk()).toBeGreaterThan(5);
    },
  );

  /** Goes through all stops, and gives how many there are. */
  async function walk(): Promise<number> {
    const names = new Set<string>();
    for (let count = 0; count < 30; count += 1) {
      await page.keyboard.press('Tab');
      const stop = await contrasts();
      if (!stop || stop.name === '' || stop.name === 'Page') continue;
      names.add(stop.name);
      expect(stop).toEqual({ name: stop.name, ring: true, contrast: true, isUncovered: true });
    }
    return names.size;
  }
});

describe('as one wants to see it', () => {
  const clipped = () =>
    page.evaluate(() => {
      const all = [...(document.querySelector('nova-chat')?.shadowRoot?.querySelectorAll('*') ?? [])];
      return all
        .filter((element) => {
          const { overflowX, overflowY } = getComputedStyle(element);
          if (!element.checkVisibility() || element.closest('.vh, .log, svg, textarea') || element.clientHeight === 0)
            return false;
          const isCut = (overflow: string): boolean => overflow === 'hidden' || overflow === 'clip';
          return (
            (isCut(overflowY) && element.scrollHeight > element.clientHeight + 1) ||
            (isCut(overflowX) && element.scrollWidth > element.clientWidth + 1)
          );
        })
        .map(({ outerHTML }) => outerHTML.slice(0, 160));
    });

  it('with wider spacing of letters, words, lines and paragraphs nothing is cut off', async () => {
    await open({ tag: `data-nova-open data-nova-starters='["A rather long question to begin with?"]'` });
    await page.evaluate(() => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(
        '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-block-end: 2em !important }',
      );
      document.querySelector('nova-chat')?.shadowRoot?.adoptedStyleSheets.push(sheet);
    });
    expect(await clipped()).toEqual([]);
    await page.getByRole('textbox').fill('Why?');
    await page.keyboard.press('Enter');
    await expect.poll(asked).toHaveLength(1);
    await page.evaluate(() => window.hand.fail('server_error'));
    await button('Try again').waitFor();
    expect(await clipped()).toEqual([]);
  });

  it('in forced colours borders, icons and what is chosen are seen', async () => {
    await open({ tag: `data-nova-open data-nova-starters='["When?"]'` }, { forcedColors: 'active' });
    const seen = () =>
      page.evaluate(() => {
        const root = document.querySelector('nova-chat')?.shadowRoot;
        return ['.launcher', '.panel', '.composer', '.send', '.starter'].map((selector) => {
          const element = root?.querySelector(selector) as Element;
          const { borderTopStyle, borderTopWidth, borderTopColor, outlineStyle } = getComputedStyle(element);
          const { backgroundColor } = getComputedStyle(element.closest('.panel') ?? document.documentElement);
          const hasBorder =
            borderTopStyle !== 'none' && Number.parseFloat(borderTopWidth) >= 1 && borderTopColor !== backgroundColor;
          return `${selector} ${hasBorder || outlineStyle !== 'none'}`;
        });
      });
    expect(await seen()).toEqual(['.launcher true', '.panel true', '.composer true', '.send true', '.starter true']);
    const icons = await page.evaluate(() =>
      [...(document.querySelector('nova-chat')?.shadowRoot?.querySelectorAll('button svg') ?? [])].map((icon) => {
        const { stroke, fill } = getComputedStyle(icon);
        const ground = getComputedStyle(icon.closest('button') as Element).backgroundColor;
        return stroke !== ground || fill !== ground;
      }),
    );
    expect(icons).not.toContain(false);
  });

  it('in forced colours a choice has an arrow', async () => {
    await open({ tag: `data-nova-open data-nova-models='["fast", "deep"]'` }, { forcedColors: 'active' });
    const choice = page.getByRole('combobox');
    await choice.waitFor();
    // A drawn arrow is taken away there, as all pictures are that are no files; that of the browser is not.
    expect(await choice.evaluate((select) => getComputedStyle(select).appearance)).toBe('auto');
  });

  it.each(['vertical-rl', 'vertical-lr', 'sideways-lr'])(
    'on a page that is written %s it stays as it is',
    async (mode) => {
      await open({ head: `<style>html { writing-mode: ${mode} }</style>` });
      await page.getByRole('textbox').fill('Why?');
      const box = await page.getByRole('dialog').boundingBox();
      expect(box?.width).toBeLessThan(box?.height ?? 0);
      expect(await page.locator('nova-chat .panel').evaluate((panel) => getComputedStyle(panel).writingMode)).toBe(
        'horizontal-tb',
      );
    },
  );

  it.each(['light', 'dark'] as const)('the frame of the input and the buttons have 3:1: %s', async (colorScheme) => {
    await open({}, { colorScheme });
    await page.getByRole('textbox').fill('Why?');
    const ratios = await page.evaluate(() => {
      const root = document.querySelector('nova-chat')?.shadowRoot;
      const styleOf = (selector: string) => getComputedStyle(root?.querySelector(selector) as Element);
      const ground = styleOf('.panel').backgroundColor;
      const colours = [
        styleOf('.composer').borderTopColor,
        styleOf('.send').backgroundColor,
        styleOf('[part=close] svg').stroke,
      ];
      return colours.map((colour) => window.contrastOf(colour, ground));
    });
    for (const ratio of ratios) expect(ratio).toBeGreaterThanOrEqual(3);
  });

  it('a finger hits launcher, close, send and attach: 44 px', async () => {
    await open({ tag: 'data-nova-load="idle" data-nova-attachments' }, devices['Pixel 7'] as BrowserContextOptions);
    const sizeOf = async (name: string): Promise<number> => {
      const box = await page.locator(`nova-chat [part~=${name}]`).boundingBox();
      return Math.min(box?.width ?? 0, box?.height ?? 0);
    };
    await page.locator('nova-chat [part=launcher]').waitFor();
    expect(await sizeOf('launcher')).toBeGreaterThanOrEqual(44);
    await button('Chat').tap();
    await page.locator('nova-chat [part~=attach]').waitFor();
    for (const name of ['close', 'send', 'attach']) expect([name, (await sizeOf(name)) >= 44]).toEqual([name, true]);
  });
});
