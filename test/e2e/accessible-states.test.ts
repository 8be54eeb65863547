import type { Browser, Page, ViewportSize } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ChatState, chatStates } from '../support/chat-states.js';
import { launchChromium } from '../support/chromium.js';
import { axeSource, inspectChat } from '../support/inspect-chat.js';
import { openChatPage } from '../support/open-chat-page.js';
import type { PageTroubles } from '../support/watch-page.js';

/** Whether everybody can use what the built script tag shows: in each of its states, in every way to look at it. */

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser?.close());

async function openState({ tag = '', play }: ChatState, viewport: ViewportSize): Promise<[Page, PageTroubles]> {
  const context = await browser.newContext({ reducedMotion: 'reduce', viewport });
  await context.addInitScript(axeSource);
  const opened = await openChatPage(context, { tag: /load|inline/.test(tag) ? tag : `data-nova-open ${tag}` });
  await opened.page.waitForFunction(() => document.querySelector('nova-chat')?.shadowRoot);
  await play?.(opened.page);
  return [opened.page, opened.troubles];
}

describe.concurrent('axe finds nothing, targets are large enough, references lead somewhere, nothing scrolls sideways', () => {
  it.for(chatStates.map((state) => [state.name, state] as const))(
    '%s',
    { timeout: 60_000 },
    async ([, state], { expect: see }) => {
      const [page, troubles] = await openState(state, { width: 900, height: 720 });
      see(await inspectChat(page), 'light').toEqual([]);
      await page.emulateMedia({ colorScheme: 'dark' });
      see(await inspectChat(page, { rules: ['color-contrast', 'link-in-text-block'] }), 'dark').toEqual([]);
      await page.emulateMedia({ forcedColors: 'active' });
      see(await inspectChat(page, { rules: ['color-contrast'] }), 'forced colours').toEqual([]);
      await page.emulateMedia({ forcedColors: 'none', colorScheme: 'light' });
      await page.evaluate(() => document.documentElement.setAttribute('dir', 'rtl'));
      await page.setViewportSize({ width: 390, height: 844 });
      see(await inspectChat(page), 'on a phone, from right to left').toEqual([]);
      // 1280 × 800 at 200 %, and 1280 × 1024 at 400 %.
      for (const viewport of [
        { width: 640, height: 400 },
        { width: 320, height: 256 },
      ]) {
        await page.setViewportSize(viewport);
        see(await inspectChat(page, { rules: [] }), `${viewport.width} wide`).toEqual([]);
      }
      see(troubles.consoleErrors).toEqual([]);
      await page.context().close();
    },
  );
});

it('what is wrong is seen', async () => {
  const [page] = await openState({ name: 'broken' }, { width: 900, height: 720 });
  await page.evaluate(() => {
    const find = (selector: string): HTMLElement | null | undefined =>
      document.querySelector('nova-chat')?.shadowRoot?.querySelector<HTMLElement>(selector);
    find('.send')?.removeAttribute('aria-label');
    find('textarea')?.setAttribute('aria-describedby', 'nobody');
    find('.messages')?.style.setProperty('inline-size', '2000px');
    find('[part=close]')?.style.setProperty('inline-size', '20px');
    find('h2')?.style.setProperty('color', '#ccc');
  });
  const problems = (await inspectChat(page)).join('\n');
  for (const word of ['button-name', 'color-contrast', 'no aria-describedby nobody', 'small: 20', 'sideways']) {
    expect(problems).toContain(word);
  }
  await page.context().close();
});
