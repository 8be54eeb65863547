import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { type MountedChat, mountChat } from '../testing/mount-chat.js';

let mounted: MountedChat;
let log: HTMLElement;

/** What is missing to the end, in px. */
const gap = (): number => log.scrollHeight - log.clientHeight - log.scrollTop;

async function say(paragraphs: number): Promise<void> {
  for (let count = 0; count < paragraphs; count += 1) mounted.transport.say('A line of the answer.\n\n');
  await mounted.settle();
}

beforeEach(async () => {
  await page.viewport(800, 600);
  mounted = await mountChat({ open: true });
  log = mounted.find('.log');
  mounted.chat.send('Why?');
  await say(30);
});
afterEach(() => mounted.unmount());

const jump = page.getByRole('button', { name: 'Jump to the latest message' });

/** Wheels up and waits until the scroller has come to rest. */
async function wheelUp(px: number): Promise<void> {
  await userEvent.wheel(page.getByRole('log'), { delta: { y: -px } });
  let before = -1;
  await expect
    .poll(() => {
      const isResting = before === log.scrollTop && gap() > 0;
      before = log.scrollTop;
      return isResting;
    })
    .toBe(true);
}

describe('following the end', () => {
  it('keeps the newest words in view while nobody scrolls', async () => {
    expect(log.scrollHeight).toBeGreaterThan(log.clientHeight * 2);
    expect(gap()).toBeLessThanOrEqual(1);
    await say(5);
    expect(gap()).toBeLessThanOrEqual(1);
    await expect.element(jump).not.toBeInTheDocument();
  });

  it('is not put off by a growing input', async () => {
    await userEvent.fill(page.getByRole('textbox'), 'one\ntwo\nthree\nfour');
    await mounted.settle();
    expect(gap()).toBeLessThanOrEqual(1);
    await say(2);
    expect(gap()).toBeLessThanOrEqual(1);
  });

  it('is not put off by a smaller window', async () => {
    await page.viewport(800, 500);
    await mounted.settle();
    expect(gap()).toBeLessThanOrEqual(1);
  });

  it('does not take a scroll for the reader’s that no wheel, touch, key or scroll bar has made', async () => {
    mounted.find('.bubble').dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
    log.scrollTop -= 200;
    await mounted.settle();
    await say(2);
    expect(gap()).toBeLessThanOrEqual(1);
  });

  it('is not put off by what goes away at a key of the reader', async () => {
    mounted.transport.complete();
    await expect.poll(() => mounted.findAll('[aria-label="Answer again"]').length).toBe(1);
    mounted.find('[aria-label="Answer again"]').focus();
    await userEvent.keyboard('{Enter}');
    await expect.poll(() => log.scrollTop).toBe(0);
    await mounted.settle();
    await say(30);
    await expect.poll(gap).toBeLessThanOrEqual(1);
  });
});

describe('a reader who scrolls up', () => {
  it.each([400, 8])('is not moved after %i px', async (px) => {
    await wheelUp(px);
    const { scrollTop } = log;
    await say(20);
    mounted.transport.complete();
    await mounted.settle();
    expect(Math.abs(log.scrollTop - scrollTop)).toBeLessThanOrEqual(1);
  });

  it('is not moved after a key', async () => {
    log.focus();
    await userEvent.keyboard('{PageUp}');
    await expect.poll(gap).toBeGreaterThan(100);
    await new Promise((resolve) => setTimeout(resolve, 300));
    const { scrollTop } = log;
    await say(10);
    expect(Math.abs(log.scrollTop - scrollTop)).toBeLessThanOrEqual(1);
  });

  it('is not moved after a touch', async () => {
    const touch = (type: string, clientY: number): boolean =>
      log.dispatchEvent(new TouchEvent(type, { touches: [new Touch({ identifier: 1, target: log, clientY })] }));
    touch('touchstart', 100);
    touch('touchmove', 180);
    log.scrollTop -= 80;
    await mounted.settle();
    const { scrollTop } = log;
    await say(10);
    expect(Math.abs(log.scrollTop - scrollTop)).toBeLessThanOrEqual(1);
  });

  it('is not moved after the scroll bar', async () => {
    // A press of the bar is one of the scroller itself; how far it is pulled only the scroll says.
    log.dispatchEvent(new PointerEvent('pointerdown'));
    log.scrollTop -= 80;
    await mounted.settle();
    const { scrollTop } = log;
    await say(10);
    expect(Math.abs(log.scrollTop - scrollTop)).toBeLessThanOrEqual(1);
  });

  it('is followed again after going back to the end', async () => {
    await wheelUp(300);
    await userEvent.wheel(page.getByRole('log'), { delta: { y: 2000 } });
    await expect.element(jump).not.toBeInTheDocument();
    await say(10);
    expect(gap()).toBeLessThanOrEqual(1);
  });

  it('jumps to the latest with a button that Tab reaches, and loses no focus', async () => {
    await wheelUp(300);
    await expect.element(jump).toBeVisible();
    log.focus();
    await userEvent.tab();
    expect(mounted.focused()?.getAttribute('part')).toBe('scroll-button');
    await userEvent.keyboard('{Enter}');
    await mounted.settle();
    expect(gap()).toBeLessThanOrEqual(1);
    expect(mounted.focused()).toBe(log);
    await expect.element(jump).not.toBeInTheDocument();
  });

  it('jumps to the beginning of what has come meanwhile, and from there to the end', async () => {
    await wheelUp(300);
    const end = log.scrollHeight;
    await say(40);
    await jump.click();
    await mounted.settle();
    // The last lines that were seen stand above the first new one, near the top.
    expect(log.scrollTop).toBe(end - 90);
    expect(gap()).toBeGreaterThan(100);
    expect(mounted.focused()).toBe(log);
    await say(2);
    expect(log.scrollTop).toBe(end - 90);
    await jump.click();
    await mounted.settle();
    expect(gap()).toBeLessThanOrEqual(1);
    await expect.element(jump).not.toBeInTheDocument();
  });

  it('jumps to the beginning of an answer that they had not waited for', async () => {
    mounted.transport.complete();
    await mounted.settle();
    mounted.chat.send('And then?');
    await mounted.settle();
    await wheelUp(300);
    await say(40);
    await jump.click();
    await mounted.settle();
    const answer = mounted.findAll('.assistant .bubble').at(-1)?.getBoundingClientRect().top ?? 0;
    const { top, height } = log.getBoundingClientRect();
    expect(answer).toBeGreaterThan(top);
    expect(answer).toBeLessThan(top + height / 3);
  });

  it('is taken to the end by a question of their own', async () => {
    mounted.transport.complete();
    await mounted.settle();
    await wheelUp(300);
    mounted.chat.send('And then?');
    await mounted.settle();
    expect(gap()).toBeLessThanOrEqual(1);
  });
});

it('does not mistake a wheel at the very top for a wish to stay', async () => {
  mounted.chat.clear();
  await mounted.settle();
  await userEvent.wheel(page.getByRole('log'), { delta: { y: -100 } });
  mounted.chat.send('Why?');
  await say(30);
  expect(gap()).toBeLessThanOrEqual(1);
});
