import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchChromium } from '../support/chromium.js';
import { openChatPage } from '../support/open-chat-page.js';

/** What visitors of other chats complain about while an answer streams; in the built script tag. */

let browser: Browser;
let page: Page;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser?.close());
beforeEach(async () => {
  const context = await browser.newContext({ viewport: { width: 900, height: 700 }, reducedMotion: 'reduce' });
  ({ page } = await openChatPage(context));
  return () => context.close();
});

const paragraphs = (count: number, word = 'line'): string[] =>
  Array.from({ length: count }, (_, index) => `A ${word} of the answer, number ${index}.\n\n`);

async function ask(question = 'Why?'): Promise<void> {
  const asked = await page.evaluate(() => window.hand.asked.length);
  await page.getByRole('textbox').fill(question);
  await page.keyboard.press('Enter');
  await page.waitForFunction((before) => window.hand.asked.length > before, asked);
}

const say = (...texts: string[]): Promise<void> => page.evaluate((all) => window.hand.say(...all), texts);
const complete = (): Promise<void> => page.evaluate(() => window.hand.complete());
const log = () => page.getByRole('log');
const answer = () => page.locator('nova-chat .markdown').last();
const untilShown = (text: string): Promise<void> => expect.poll(() => answer().innerText()).toContain(text);
const scrollTop = (): Promise<number> => log().evaluate((element) => element.scrollTop);
/** Where the log stands when it scrolls no more. */
async function restingTop(): Promise<number> {
  let top = Number.NaN;
  for (let next = await scrollTop(); next !== top; next = await scrollTop()) {
    top = next;
    await page.waitForTimeout(100);
  }
  return top;
}

/** What is missing to the end, in px. */
const gap = (): Promise<number> =>
  log().evaluate((element) => element.scrollHeight - element.clientHeight - element.scrollTop);

/** Says texts a few at a time, so that there are frames between them. */
async function stream(texts: readonly string[]): Promise<void> {
  for (let start = 0; start < texts.length; start += 8) {
    await say(...texts.slice(start, start + 8));
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
  }
}

it('auto-scroll fights the reader: 350 chunks do not move who has scrolled up, and the end is followed again', async () => {
  await ask();
  await stream(paragraphs(50));
  await untilShown('number 49');
  expect(await gap()).toBeLessThanOrEqual(1);
  await log().hover();
  await page.mouse.wheel(0, -300);
  await page.getByRole('button', { name: 'Jump to the latest message' }).waitFor();
  const before = await restingTop();
  await stream(paragraphs(350, 'later line'));
  await complete();
  await untilShown('later line of the answer, number 349');
  expect(Math.abs((await scrollTop()) - before)).toBeLessThanOrEqual(1);
  // What had not been laid out yet may turn out taller on the way down: a reader turns the wheel again.
  const jump = page.getByRole('button', { name: 'Jump to the latest message' });
  await expect
    .poll(async () => {
      await page.mouse.wheel(0, 100_000);
      return jump.count();
    })
    .toBe(0);
  await ask('More?');
  await stream(paragraphs(40, 'last line'));
  await untilShown('last line of the answer, number 39');
  await expect.poll(gap).toBeLessThanOrEqual(1);
});

it.each([
  ['a page', '<!doctype html>'],
  ['a page without a doctype', ''],
])(
  'the text moves away from who selects it on %s: under a pressed mouse it stays, and the end is shown when it is let go',
  async (_, doctype) => {
    ({ page } = await openChatPage(page.context(), { doctype }));
    await ask();
    await stream(paragraphs(50));
    await untilShown('number 49');
    const box = await answer().locator('p').nth(45).boundingBox();
    if (!box) throw new Error('The line is not shown.');
    const y = box.y + box.height / 2;
    await page.mouse.move(box.x + 1, y);
    await page.mouse.down();
    const before = await scrollTop();
    await stream(paragraphs(50, 'later line'));
    await complete();
    await untilShown('later line of the answer, number 49');
    await page.getByRole('button', { name: 'Copy answer' }).waitFor();
    expect(await scrollTop()).toBe(before);
    await page.mouse.move(box.x + box.width, y);
    await page.mouse.up();
    await expect.poll(gap).toBeLessThanOrEqual(1);
    const selected = await log().evaluate((element) => {
      // Chromium knows the selection within a shadow tree by its root.
      const root = element.getRootNode() as ShadowRoot & { getSelection(): Selection };
      return String(root.getSelection()).trim();
    });
    expect(selected).toBe('A line of the answer, number 45.');
  },
);

it('a growing input or a composition counts as scrolling up: the end stays in view', async () => {
  await ask();
  await stream(paragraphs(40));
  await untilShown('number 39');
  for (let line = 0; line < 6; line += 1) {
    await page.keyboard.type(`line ${line}`);
    await page.keyboard.press('Shift+Enter');
    await expect.poll(gap).toBeLessThanOrEqual(1);
  }
  const session = await page.context().newCDPSession(page);
  for (const text of ['n', 'に', 'にほ', 'にほんご']) {
    await session.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
    await say(`Said meanwhile: ${text}.\n\n`);
    await untilShown(text);
    await expect.poll(gap).toBeLessThanOrEqual(1);
  }
  await session.send('Input.insertText', { text: '日本語' });
  await expect.poll(() => page.getByRole('textbox').inputValue()).toContain('日本語');
  await expect.poll(gap).toBeLessThanOrEqual(1);
});

describe('the whole answer is rendered again at each chunk', () => {
  it('what has been closed is not touched: selection, hover and buttons survive', async () => {
    await ask();
    await say('First *paragraph* to select.\n\n```js\nlet kept = 1;\n```\n\n', ...paragraphs(30));
    await untilShown('number 29');
    await log().hover();
    await page.mouse.wheel(0, -100_000);
    await expect.poll(scrollTop).toBe(0);
    const copy = answer().getByRole('button', { name: 'Copy' });
    await copy.hover();
    await answer().evaluate((element) => {
      const [first, code] = element.children;
      const root = element.getRootNode() as ShadowRoot & { getSelection(): Selection };
      root.getSelection().selectAllChildren(first as Element);
      const changes: string[] = [];
      const frozen = [...element.children].slice(0, 28);
      const observer = new MutationObserver((records) => {
        for (const { target, type } of records) {
          const node = target instanceof Element ? target : target.parentElement;
          const index = frozen.findIndex((block) => block === node || block.contains(node));
          // Code is coloured once, when there is time for it.
          if (index >= 0 && frozen[index] !== code) changes.push(`${type} in block ${index}`);
        }
      });
      observer.observe(element, { subtree: true, childList: true, characterData: true, attributes: true });
      Object.assign(window, { changes, frozen, button: element.querySelector('button') });
    });
    await stream(paragraphs(200, 'later line'));
    await complete();
    await untilShown('later line of the answer, number 199');
    const found = await answer().evaluate((element) => {
      const { changes, frozen, button } = window as unknown as {
        changes: string[];
        frozen: Element[];
        button: Element;
      };
      const root = element.getRootNode() as ShadowRoot & { getSelection(): Selection };
      return {
        changes,
        isSame: frozen.every((block, index) => element.children[index] === block),
        isHovered: button.matches(':hover') && element.querySelector('button') === button,
        selected: String(root.getSelection()).trim(),
      };
    });
    expect(found).toEqual({ changes: [], isSame: true, isHovered: true, selected: 'First paragraph to select.' });
  });
});

describe('tables jitter, stay half done, or fail when they come in one piece', () => {
  const table = '| Bread | Price |\n|---|--:|\n| Rye | **6** |\n| Oat | 5 |\n';
  const markup = (): Promise<string> =>
    answer().evaluate((element) => element.querySelector('.table')?.outerHTML.replace(/<!--.*?-->/g, '') ?? '');

  it('by character, in one chunk and cut off by a stop they end as the same table', async () => {
    const seen: string[] = [];
    for (const texts of [[table], [...table], [table.slice(0, 40), table.slice(40)], [...table.slice(0, -1)]]) {
      const isCut = texts.join('') !== table;
      await ask();
      await stream(texts);
      // Cut off, the last row is whole when the answer has ended.
      if (isCut) await page.getByRole('button', { name: 'Stop the answer' }).click();
      else await complete();
      await expect.poll(() => answer().locator('td').count()).toBe(4);
      await page.getByRole('button', { name: 'Send', exact: true }).waitFor();
      seen.push(await markup());
    }
    expect(seen[0]).toContain('<strong>6</strong>');
    expect(new Set(seen).size).toBe(1);
  });
});

describe('long conversations become slow', () => {
  /** What the page worked for while something was done, in ms. */
  async function taskMs(run: () => Promise<void>): Promise<number> {
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable');
    const read = async (): Promise<number> =>
      (await session.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0;
    const before = await read();
    await run();
    const after = await read();
    await session.detach();
    return (after - before) * 1000;
  }

  const typeAndStream = async (word: string): Promise<void> => {
    await page.getByRole('textbox').pressSequentially('a question of some forty characters here');
    await page.getByRole('textbox').fill('');
    await ask();
    await stream(paragraphs(80, word));
    await complete();
    await untilShown(`${word} of the answer, number 79`);
  };

  it('with 1,000 messages a keystroke and a chunk cost about what they cost with two, and the DOM is bounded', async () => {
    await typeAndStream('warm');
    const alone = await taskMs(() => typeAndStream('alone'));
    await page.evaluate(
      (texts) => {
        const none: never[] = [];
        const messages = Array.from({ length: 1000 }, (_, index) => ({
          id: `m${index}`,
          role: index % 2 ? 'assistant' : 'user',
          text: index % 2 ? texts.join('') : `Question ${index}?`,
          status: 'complete',
          createdAt: index,
          citations: none,
          attachments: none,
          toolSteps: none,
          reasoning: '',
        }));
        const chat = document.querySelector('nova-chat') as unknown as { conversation: { load(all: unknown[]): void } };
        chat.conversation.load(messages);
      },
      paragraphs(3, 'stored'),
    );
    await expect.poll(() => page.locator('nova-chat nova-message').count()).toBe(30);
    const amongMany = await taskMs(() => typeAndStream('many'));
    expect(await page.locator('nova-chat nova-message').count()).toBeLessThanOrEqual(60);
    // Both on the same machine at the same time; the factor leaves room for what else it does.
    expect(amongMany).toBeLessThan(3 * alone + 300);
  });
});

describe('a tab in the background piles up work', () => {
  it('5,000 chunks that come while it is hidden wait for one frame, and are shown in a few steps', async () => {
    await ask();
    await say('Begun.\n\n');
    await untilShown('Begun.');
    // The features that a first answer brings have come.
    await page.waitForLoadState('networkidle');
    await page.evaluate(async () => {
      // As a browser does it: a hidden tab has no frames.
      const held: FrameRequestCallback[] = [];
      const { requestAnimationFrame: request } = window;
      Object.defineProperty(document, 'hidden', { configurable: true, get: () => true });
      window.requestAnimationFrame = (run) => held.push(run);
      Object.assign(window, {
        show() {
          Object.defineProperty(document, 'hidden', { configurable: true, get: () => false });
          window.requestAnimationFrame = request;
          for (const run of held) request(run);
          return held.length;
        },
      });
      // What was begun before it was hidden comes to its end.
      do {
        for (const run of held.splice(0)) request(run);
        for (let frame = 0; frame < 3; frame += 1) await new Promise((resolve) => request(resolve));
      } while (held.length > 0);
    });
    const shown = await answer().evaluate(async (element) => {
      let renders = 0;
      new MutationObserver(() => {
        renders += 1;
      }).observe(element, { subtree: true, childList: true, characterData: true });
      for (let count = 0; count < 5000; count += 100) {
        for (let index = count; index < count + 100; index += 1) {
          window.hand.say(index % 20 === 19 ? `word ${index}.\n\n` : `word ${index} `);
        }
        await new Promise((resolve) => setTimeout(resolve));
      }
      const rendersWhileHidden = renders;
      const held = (window as unknown as { show(): number }).show();
      for (let frame = 0; frame < 12; frame += 1) await new Promise((resolve) => requestAnimationFrame(resolve));
      return { rendersWhileHidden, held, renders };
    });
    // A long text comes a step a frame, so that the page is not held up.
    expect(shown).toMatchObject({ rendersWhileHidden: 0, held: 1 });
    expect(shown.renders).toBeLessThan(10);
    await complete();
    await untilShown('word 4999.');
    await expect.poll(gap).toBeLessThanOrEqual(1);
  });
});
