import { afterEach, beforeEach, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import type { MountedChat } from '../../testing/mount-chat.js';
import { beginAfresh, exchange, leave, mount } from '../../testing/mount-kept-chat.js';

let mounted: MountedChat;
let heard: string[];
const hear = ({ type }: Event): void => void heard.push(type);

beforeEach(async () => {
  await page.viewport(800, 700);
  heard = [];
  for (const type of ['wheel', 'touchmove']) document.addEventListener(type, hear);
  beginAfresh();
  mounted = await mount();
  // It is loaded with what keeps the conversation.
  await exchange(mounted, 'Why?', 'So.');
});
afterEach(() => {
  for (const type of ['wheel', 'touchmove']) document.removeEventListener(type, hear);
  leave();
});

function turnAndPush(selector: string): void {
  const target = mounted.find(selector);
  const touches = [new Touch({ identifier: 1, target, clientY: 1 })];
  target.dispatchEvent(new WheelEvent('wheel', { deltaY: 9, bubbles: true, composed: true }));
  target.dispatchEvent(new TouchEvent('touchmove', { touches, bubbles: true, composed: true }));
}

it('what turns or pushes a log that scrolls is not for the page to scroll by', async () => {
  await exchange(mounted, 'And?', 'More.\n\n'.repeat(40));
  const log = mounted.find('.log');
  await expect.poll(() => log.scrollHeight - log.clientHeight).toBeGreaterThan(0);
  turnAndPush('.markdown');
  expect(heard).toEqual([]);
});

it.each(['.launcher', 'header', '.markdown'])(
  'what turns or pushes what does not scroll is for the page: %s',
  (part) => {
    turnAndPush(part);
    expect(heard).toEqual(['wheel', 'touchmove']);
  },
);
