import { afterEach, expect, it } from 'vitest';
import { type MountedChat, mountChat } from '../testing/mount-chat.js';

let mounted: MountedChat;

afterEach(() => mounted.unmount());

/** Shows an answer that has ended. */
async function show(text: string): Promise<MountedChat> {
  mounted = await mountChat({ open: true });
  mounted.chat.send('Why?');
  mounted.transport.say(text);
  mounted.transport.complete();
  await mounted.settle();
  return mounted;
}

it('keeps a long word of a table in its own cell', async () => {
  const { find } = await show(`| a | b |\n|---|---|\n| ${'long'.repeat(10)} | ${'https://example.com/'.repeat(4)} |\n`);
  const words = document.createRange();
  for (const cell of find('tbody').querySelectorAll('td')) {
    words.selectNodeContents(cell);
    const { right } = words.getBoundingClientRect();
    expect(right).toBeLessThanOrEqual(cell.getBoundingClientRect().right);
  }
});

it('keeps code from left to right between words that are not', async () => {
  const { find } = await show('הקוד `f()` כאן');
  const letters = find('.assistant code').firstChild as Text;
  const range = document.createRange();
  const leftOf = (start: number): number => {
    range.setStart(letters, start);
    range.setEnd(letters, start + 1);
    return range.getBoundingClientRect().left;
  };
  expect([0, 1, 2].map(leftOf)).toEqual([0, 1, 2].map(leftOf).toSorted((one, other) => one - other));
});
