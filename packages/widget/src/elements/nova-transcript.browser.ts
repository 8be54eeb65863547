import { createMessage } from '@nova-chat/client/conversation';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { type MountedChat, mountChat } from '../testing/mount-chat.js';

let mounted: MountedChat | undefined;
beforeEach(() => page.viewport(800, 700));
afterEach(() => mounted?.unmount());

const history = (length: number) =>
  Array.from({ length }, (_, index) =>
    createMessage({
      id: String(index),
      role: index % 2 ? 'assistant' : 'user',
      createdAt: 0,
      text: `Message ${index}`,
      status: 'complete',
    }),
  );
const shown = (): string[] => mounted?.findAll('nova-message').map(({ innerText }) => innerText.trim()) ?? [];

describe('a long conversation', () => {
  it('shows its end, and earlier messages page by page without moving what is read', async () => {
    mounted = await mountChat({ open: true });
    const { chat, find, findAll, settle, focused } = mounted;
    chat.conversation.load(history(80));
    await settle();
    expect(shown()).toHaveLength(30);
    expect(shown()[0]).toBe('Message 50');
    find('.log').scrollTop = 0;
    const top = (): number | undefined =>
      findAll('nova-message')
        .find(({ innerText }) => innerText.trim() === 'Message 50')
        ?.getBoundingClientRect().top;
    const before = top();
    await userEvent.click(find('.earlier'));
    await settle();
    expect(shown()).toHaveLength(60);
    expect(Math.abs((top() ?? 0) - (before ?? 0))).toBeLessThan(60);
    expect(focused()).toBe(find('.log'));
    await userEvent.click(find('.earlier'));
    await settle();
    expect(shown()[0]).toBe('Message 0');
    expect(findAll('.earlier')).toHaveLength(0);
  });

  it('stays bounded while it grows', async () => {
    mounted = await mountChat({ open: true });
    const { chat, settle } = mounted;
    for (let length = 2; length <= 300; length += 2) chat.conversation.load(history(length));
    await settle();
    expect(shown().length).toBeLessThanOrEqual(60);
    expect(shown().at(-1)).toBe('Message 299');
    chat.clear();
    await settle();
    expect(shown()).toHaveLength(0);
  });

  it.each([
    ['a short one is shown from its beginning', 6, 'Message 5'],
    ['nothing is left of it when it is forgotten', 0, undefined],
  ])('that is being read back gives way to another one: %s', async (_, length, last) => {
    mounted = await mountChat({ open: true });
    const { chat, find, findAll, settle } = mounted;
    chat.conversation.load(history(70));
    await settle();
    find('.log').focus();
    await userEvent.keyboard('{Home}');
    await expect.poll(() => findAll('.jump')).toHaveLength(1);
    chat.conversation.load(history(length));
    await settle();
    expect(shown()).toHaveLength(length);
    expect(shown().at(-1)).toBe(last);
    expect(findAll('.earlier')).toHaveLength(0);
  });
});

describe('while an answer streams', () => {
  const long = 'A paragraph of some length, which fills its line and then another one.\n\n'.repeat(40);

  async function stream(scrollBehavior: 'follow' | 'anchor' | 'none'): Promise<MountedChat> {
    mounted = await mountChat({ open: true, scrollBehavior });
    const { chat, transport, settle } = mounted;
    chat.conversation.load(history(20));
    await settle();
    chat.send('Why?');
    for (const paragraph of long.split(/(?<=\n\n)/)) {
      transport.say(paragraph);
      await settle();
    }
    return mounted;
  }

  it('follows the end', async () => {
    const { find } = await stream('follow');
    const log = find('.log');
    expect(log.scrollHeight - log.clientHeight - log.scrollTop).toBeLessThanOrEqual(1);
  });

  it('anchors the question at the top', async () => {
    const { find, findAll } = await stream('anchor');
    const question = findAll('.user').at(-1)?.getBoundingClientRect().top ?? 0;
    expect(Math.abs(question - find('.log').getBoundingClientRect().top - 12)).toBeLessThanOrEqual(1);
  });

  it('moves no more than the question needs', async () => {
    const { find, findAll } = await stream('none');
    const question = findAll('.user').at(-1)?.getBoundingClientRect();
    const log = find('.log').getBoundingClientRect();
    expect(question?.bottom).toBeLessThanOrEqual(log.bottom);
    expect(question?.bottom).toBeGreaterThan(log.top + log.height / 2);
  });
});
