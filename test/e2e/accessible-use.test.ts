import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { launchChromium } from '../support/chromium.js';
import { type ChatPageOptions, openChatPage } from '../support/open-chat-page.js';

/** Whether the chat of the built script tag can be used without a mouse and without sight. */

let browser: Browser;
let page: Page;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser?.close());
afterEach(() => page?.context().close());

async function open(options: ChatPageOptions = {}): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 900, height: 720 }, reducedMotion: 'reduce' });
  ({ page } = await openChatPage(context, options));
  await page.waitForFunction(() => document.querySelector('nova-chat')?.shadowRoot);
}

const button = (name: string) => page.getByRole('button', { name, exact: true });
const press = (...keys: string[]) =>
  keys.reduce((done, key) => done.then(() => page.keyboard.press(key)), Promise.resolve());
const say = (text: string) => page.evaluate((said) => window.hand.say(said), text);
const complete = () => page.evaluate(() => window.hand.complete());
const asked = () => page.evaluate(() => window.hand.asked);

/** The name of the control with the focus, as it is read. */
const focused = (): Promise<string> =>
  page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    return element?.getAttribute('aria-label') ?? element?.textContent?.trim() ?? '';
  });

/** Presses Tab until a control has the focus. */
async function tabTo(name: string | RegExp, key = 'Tab'): Promise<void> {
  const seen: string[] = [];
  for (let count = 0; count < 30; count += 1) {
    const now = await focused();
    if (typeof name === 'string' ? now === name : name.test(now)) return;
    seen.push(now);
    await press(key);
  }
  throw new Error(`No ${name} among ${seen.join(', ')}`);
}

/** Writes down all that is read aloud from now on. */
async function listen(): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const heard: string[] = [];
    Object.assign(window, { heard });
    for (const region of document.querySelector('nova-chat')?.shadowRoot?.querySelectorAll('[aria-live]') ?? []) {
      const politeness = region.getAttribute('aria-live');
      if (politeness === 'off') continue;
      new MutationObserver(() => heard.push(`${politeness}: ${region.textContent?.trim()}`)).observe(region, {
        childList: true,
        characterData: true,
        subtree: true,
      });
    }
  });
  return () => page.evaluate(() => (window as unknown as { heard: string[] }).heard);
}

it('everything can be done by keyboard alone, and each control keeps the focus or hands it on', async () => {
  await open({ tag: `data-nova-load="idle" data-nova-starters='["When?"]'`, body: '<a href="#">Before</a>' });
  await press('Tab');
  await tabTo('Chat');
  await press('Enter');
  await expect.poll(focused).toBe('Ask a question');
  await page.keyboard.type('One');
  await press('Shift+Enter');
  await page.keyboard.type('two?');
  expect(await asked()).toEqual([]);
  await press('Enter');
  await expect.poll(asked).toEqual(['One\ntwo?']);
  await expect.poll(focused).toBe('Ask a question');
  await say('Half ');
  // The button that sends is the one that stops, and stays where the focus is.
  await tabTo('Stop the answer');
  await press('Enter');
  await expect.poll(focused).toBe('Send');
  await tabTo('Try again', 'Shift+Tab');
  await press('Space');
  await expect.poll(async () => (await asked()).length).toBe(2);
  await expect.poll(focused).toBe('Stop the answer');
  await say(`See [here](https://example.com).\n\n\`\`\`js\nlet a;\n\`\`\`\n\n${'A line.\n\n'.repeat(60)}`);
  await complete();
  await button('Copy answer').waitFor();
  await tabTo('Copy answer', 'Shift+Tab');
  await press('Enter');
  await expect.poll(focused).toMatch(/^Cop/);
  await tabTo('js', 'Shift+Tab');
  await tabTo(/^Copy/, 'Shift+Tab');
  await tabTo('here', 'Shift+Tab');
  await tabTo('Conversation', 'Shift+Tab');
  const top = () => page.getByRole('log').evaluate((log) => log.scrollTop);
  await press('PageDown', 'PageDown');
  // A key scrolls for a while.
  const resting = async (): Promise<number> => {
    const before = await top();
    await page.waitForTimeout(150);
    return before === (await top()) && before > 300 ? before : Number.NaN;
  };
  await expect.poll(resting).not.toBeNaN();
  const before = await top();
  await press('PageUp');
  await expect.poll(top).toBeLessThan(before);
  // From the input it is one step back; on the way down to it Tab itself goes to the end.
  await page.getByRole('textbox').focus();
  await tabTo('Jump to the latest message', 'Shift+Tab');
  await press('Enter');
  await expect.poll(focused).toBe('Conversation');
  await tabTo('Edit question');
  await press('Enter');
  await expect
    .poll(() => page.locator('nova-chat .editor textarea').evaluate((area) => area.matches(':focus')))
    .toBe(true);
  await press('Escape');
  await expect.poll(focused).toBe('Edit question');
  await tabTo('Close chat', 'Shift+Tab');
  await press('Enter');
  await expect.poll(focused).toBe('Chat');
  await press('Space');
  await expect.poll(focused).toBe('Ask a question');
  await press('Escape');
  await expect.poll(focused).toBe('Chat');
  // It is no trap.
  await press('Shift+Tab');
  expect(await focused()).toBe('Before');
});

it('what happens is read aloud once: that an answer is coming, the answer, a stop, an error, a copy, the way back', async () => {
  await open({ tag: 'data-nova-open data-nova-heading="Nova"' });
  const heard = await listen();
  const ask = async (text: string): Promise<void> => {
    const before = (await asked()).length;
    await page.getByRole('textbox').fill(text);
    await press('Enter');
    await expect.poll(async () => (await asked()).length).toBe(before + 1);
  };
  const untilHeard = (text: string) => expect.poll(heard, { timeout: 10_000 }).toContain(text);
  await ask('One?');
  await untilHeard('polite: Nova is answering.');
  await say('It is **so**');
  await complete();
  await untilHeard('polite: It is so');
  await button('Copy answer').waitFor();
  await button('Copy answer').press('Enter');
  await untilHeard('polite: Copied');
  await ask('Two?');
  await say('Half.');
  await untilHeard('polite: Nova is answering.').catch(() => undefined);
  await button('Stop the answer').click();
  await expect.poll(async () => (await heard()).join(' '), { timeout: 10_000 }).toMatch(/Half\. Stopped\.|Stopped\./);
  await ask('Three?');
  await page.evaluate(() => window.hand.fail('server_error'));
  await untilHeard('assertive: The assistant cannot answer right now.');
  const all = (await heard()).join(' ');
  for (const once of [/It is so/g, /Copied/g, /Half\./g, /Stopped\./g, /cannot answer/g]) {
    expect([String(once), all.match(once)?.length]).toEqual([String(once), 1]);
  }
  // A question is kept in the input with its reason beside it.
  const input = page.getByRole('textbox');
  expect(await input.inputValue()).toBe('Three?');
  const description = () =>
    input.evaluate((area) => {
      const id = area.getAttribute('aria-describedby') ?? '';
      return (area.getRootNode() as ShadowRoot).getElementById(id)?.innerText ?? '';
    });
  await expect.poll(description).toContain('Not sent.');
});

it('the focus moves only by a gesture, whatever happens', async () => {
  await open({
    tag: 'data-nova-load="idle" data-nova-attachments data-nova-models=\'["a","b"]\'',
    body: '<input aria-label="Mine">',
  });
  await page.getByLabel('Mine').focus();
  // What a test runs counts as a gesture.
  await page.evaluate(() => Object.defineProperty(navigator, 'userActivation', { value: { isActive: false } }));
  await page.evaluate(() => {
    const moves: string[] = [];
    Object.assign(window, { moves });
    for (const type of ['focusin', 'focusout'])
      document.addEventListener(type, ({ target }) => moves.push(`${type} ${(target as Element).localName}`));
  });
  const nova = (...call: unknown[]) =>
    page.evaluate((all) => (window as unknown as { nova(...all: unknown[]): Promise<unknown> }).nova(...all), call);
  const settle = () => page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 60)));
  const scenarios: [string, () => Promise<unknown>][] = [
    ['shown', () => nova('show')],
    ['hidden', () => nova('hide')],
    ['shown again', () => nova('toggle')],
    ['asked', () => nova('send', 'Why?')],
    ['answering', () => say('# Head\n\nSo **it')],
    ['code', () => say('** is.\n\n```js\nlet a;\n```\n')],
    ['a long answer', () => say('A line.\n\n'.repeat(60))],
    [
      'a source',
      () =>
        page.evaluate(() =>
          window.hand.write({
            type: 'citation',
            citation: { url: 'https://a.example', title: 'A', start_index: 0, end_index: 1 },
            choice: 0,
          }),
        ),
    ],
    [
      'another provider',
      () =>
        page.evaluate(() =>
          window.hand.write({ type: 'provider-switch', switch: { from: 'a', to: 'b', reason: 'x' } }),
        ),
    ],
    [
      'ended, its features loaded',
      async () => {
        await complete();
        await button('Copy answer').waitFor({ state: 'attached' });
      },
    ],
    ['asked again', () => nova('send', 'And?')],
    ['stopped', () => nova('stop')],
    [
      'refused',
      async () => {
        await nova('send', 'Hm?');
        await page.evaluate(() => window.hand.fail('server_error'));
      },
    ],
    [
      'limited',
      async () => {
        await nova('send', 'Hm?');
        await page.evaluate(() => window.hand.fail('rate_limited', { retryAfterMs: 1500 }));
        await settle();
      },
    ],
    ['the limit over', () => page.waitForTimeout(1600)],
    ['prefilled', () => nova('prefill', 'A draft')],
    ['in another language of the page', () => page.evaluate(() => document.documentElement.setAttribute('lang', 'fr'))],
    ['in another mode', () => nova('update', { mode: 'panel' })],
    ['on a smaller window', () => page.setViewportSize({ width: 390, height: 700 })],
    ['a new conversation', () => nova('new')],
    ['cleared', () => nova('clear')],
    ['shut down', () => nova('shutdown')],
  ];
  for (const [name, run] of scenarios) {
    await run();
    await settle();
    expect([name, await page.evaluate(() => (window as unknown as { moves: string[] }).moves)]).toEqual([name, []]);
  }
  expect(await page.getByLabel('Mine').evaluate((mine) => document.activeElement === mine)).toBe(true);
});

it('each message says whose it is, in a log with a name and a language, below the headings of the page', async () => {
  await open({ tag: 'data-nova-open data-nova-heading="Help" data-nova-locale="en"' });
  await page.getByRole('textbox').fill('Why?');
  await press('Enter');
  await expect.poll(asked).toHaveLength(1);
  await say('# Head\n\n- one\n- two\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```js\nlet a;\n```\n');
  await complete();
  await button('Copy answer').waitFor();
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  const read = nodes
    .filter(({ ignored }) => !ignored)
    .map(({ role, name, properties }) => {
      const level = properties?.find((property) => property.name === 'level')?.value.value;
      return [role?.value, name?.value, level].filter((part) => part !== undefined && part !== '').join(' ');
    });
  for (const part of [
    'dialog Help',
    'heading Help 2',
    'log Conversation',
    'article You said',
    'article Assistant said',
    'heading Head 3',
    'listitem 1',
    'region Table: a, b',
    'columnheader a',
    'group js',
    'button Close chat',
    'textbox Ask a question',
    'button Chat',
  ]) {
    expect(read).toContain(part);
  }
  expect(await page.locator('nova-chat .root').getAttribute('lang')).toBe('en');
});

it('nothing goes away by itself, and nothing needs dragging', async () => {
  await open({ tag: 'data-nova-open data-nova-attachments' });
  await page.getByRole('textbox').fill('Why?');
  await press('Enter');
  await expect.poll(asked).toHaveLength(1);
  await page.evaluate(() => window.hand.fail('server_error'));
  await button('Try again').waitFor();
  await page.clock.install();
  await page.clock.fastForward('20:00:00');
  expect(await button('Try again').isVisible()).toBe(true);
  expect(await page.getByRole('textbox').inputValue()).toBe('Why?');
  // Files come by a picker, which the keyboard opens.
  const chooser = page.waitForEvent('filechooser');
  await page.locator('nova-chat input[type=file]').press('Enter');
  await (await chooser).setFiles({ name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('A') });
  await page.locator('nova-chat .attachment').waitFor();
});
