import { afterEach, beforeEach, expect, it } from 'vitest';
import { userEvent } from 'vitest/browser';
import type { MountedChat } from '../../testing/mount-chat.js';
import { beginAfresh, exchange, leave, leaveAndReturn, mount } from '../../testing/mount-kept-chat.js';

beforeEach(beginAfresh);
afterEach(leave);

const names = ({ findAll }: MountedChat): string[] => findAll('.chosen .name').map(({ innerText }) => innerText);

async function choose(chat: MountedChat): Promise<void> {
  await expect.poll(() => chat.findAll('.attach input').length).toBe(1);
  await userEvent.upload(chat.find('.attach input'), new File(['Hello'], 'note.md', { type: '' }));
  await expect.poll(() => names(chat)).toEqual(['note.md']);
}

/** The next page, when what shows files is there. */
async function reload(persist: 'none' | 'session'): Promise<MountedChat> {
  const chat = await leaveAndReturn({ persist, attachments: true });
  await expect.poll(() => chat.findAll('.attach input').length).toBe(1);
  return chat;
}

it('a file that is chosen is still there after a reload, once there is a conversation, until it is taken away', async () => {
  const chat = await mount({ attachments: true });
  await exchange(chat, 'Why?', 'So.');
  await choose(chat);
  const next = await reload('session');
  await expect.poll(() => names(next)).toEqual(['note.md']);
  expect(next.chat.attached).toBe(true);
  await userEvent.click(next.find('.attachment button'));
  expect(names(await reload('session'))).toEqual([]);
});

it.each([
  ['where nothing is', 'none', true],
  ['before there is a conversation', 'session', false],
] as const)('a file is not stored %s', async (_name, persist, isAsked) => {
  const chat = await mount({ attachments: true, persist });
  if (isAsked) {
    chat.chat.send('Why?');
    await expect.poll(() => chat.transport.inputs.length).toBe(1);
    chat.transport.say('So.');
    chat.transport.complete();
    await expect.poll(() => chat.chat.conversation.getState().live).toBeUndefined();
  }
  await choose(chat);
  const next = await reload(persist);
  expect(names(next)).toEqual([]);
  expect(next.chat.attached).toBe(false);
});
