import { createConversation } from '@nova-chat/client/conversation';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { type MountedChat, mountChat } from '../../testing/mount-chat.js';
import { beginAfresh, leave, mount, reload, storedKeys } from '../../testing/mount-kept-chat.js';

let mounted: MountedChat;

beforeEach(async () => {
  mounted = await mountChat({ open: true });
});
afterEach(() => mounted.unmount());

const label = (): string => mounted.find('.retry').innerText.trim();

async function fail(retryAfterMs: number): Promise<void> {
  mounted.chat.send('Why?');
  mounted.transport.fail('rate_limited', { retryAfterMs });
  await vi.waitUntil(() => mounted.findAll('.retry[aria-disabled=true]').length, 10_000);
}

it('counts down when the server asks to wait, and says so once', async () => {
  const { transport, find } = mounted;
  const failed = vi.fn();
  mounted.chat.addEventListener('nova-error', failed);
  await fail(2500);
  expect(label()).toMatch(/^Try again in [123] seconds$/);
  expect(find('[aria-live=assertive]').textContent).toBe('Many people are asking right now.');
  await expect.poll(() => find('[aria-live=polite]').textContent).toMatch(/^You can try again in \d seconds?\.$/);
  // What describes the input is read again whenever it changes: the seconds are no part of it.
  const description = find(`#${find('textarea').getAttribute('aria-describedby')}`).textContent;
  expect(description).toBe('Not sent. Many people are asking right now.');
  find('.retry').click();
  expect(transport.inputs).toHaveLength(1);
  await expect.poll(label, { timeout: 6000 }).toBe('Try again');
  await expect.poll(() => find('[aria-live=polite]').textContent, { timeout: 4000 }).toBe('You can try again now.');
  await mounted.settle();
  find('.retry').click();
  await mounted.settle();
  expect(transport.inputs).toHaveLength(2);
  expect(failed).toHaveBeenCalledOnce();
});

it('keeps a question back that is sent by hand before its time, and the draft', async () => {
  await fail(60_000);
  expect(label()).toBe('Try again in 60 seconds');
  expect(mounted.chat.draft).toBe('Why?');
  await userEvent.type(mounted.find('textarea'), '{Enter}');
  await mounted.settle();
  expect(mounted.transport.inputs).toHaveLength(1);
  expect(mounted.chat.draft).toBe('Why?');
});

it('waits in another conversation too, says so there, and does not begin anew in the first one', async () => {
  await fail(60_000);
  const { chat, find, findAll, settle } = mounted;
  const first = chat.conversation;
  const clock = vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 20_000);
  chat.conversation = createConversation({ transport: chat.transport });
  await settle();
  expect(find('.wait').innerText).toMatch(/^You can try again in (39|40) seconds\.$/);
  expect(chat.send('Another?')).toBe(false);
  chat.conversation = first;
  await settle();
  expect(findAll('.wait')).toEqual([]);
  expect(label()).toMatch(/^Try again in (39|40) seconds$/);
  clock.mockReturnValue(performance.now() + 60_000);
  expect(chat.retry()).toBe(true);
  clock.mockRestore();
});

it('counts no more outside the page, and is right again inside', async () => {
  await fail(60_000);
  mounted.chat.remove();
  document.body.append(mounted.chat);
  await mounted.settle();
  expect(label()).toMatch(/^Try again in \d+ seconds$/);
});

it('keeps another answer back too, and says when it can be had', async () => {
  const { chat, transport, find, settle } = mounted;
  chat.send('Why?');
  transport.say('So.');
  transport.complete();
  await vi.waitUntil(() => mounted.findAll('[aria-label="Answer again"]').length, 10_000);
  find('[aria-label="Answer again"]').click();
  await vi.waitUntil(() => transport.inputs.length === 2, 10_000);
  transport.fail('rate_limited', { retryAfterMs: 60_000 });
  await vi.waitUntil(() => mounted.findAll('.retry[aria-disabled=true]').length, 10_000);
  await settle();
  expect(chat.conversation.getState().messages.at(-1)).toMatchObject({ text: 'So.', status: 'complete' });
  find('[aria-live=polite]').textContent = '';
  find('[aria-label="Answer again"]').click();
  await settle();
  expect(transport.inputs).toHaveLength(2);
  await expect.poll(() => find('[aria-live=polite]').textContent).toMatch(/^You can try again in \d+ seconds\./);
});

it.each([
  ['counts on', 20_000, /^Try again in (39|40) seconds$/, 'true'],
  ['counts no more when it is over', 61_000, /^Try again$/, 'false'],
])('%s after a reload, where conversations are kept', async (_, passedMs, words, isDisabled) => {
  mounted.unmount();
  beginAfresh();
  const before = await mount();
  before.chat.send('Why?');
  await vi.waitUntil(() => before.transport.inputs.length === 1, 10_000);
  before.transport.fail('rate_limited', { retryAfterMs: 60_000 });
  await vi.waitUntil(() => before.findAll('.retry[aria-disabled=true]').length, 10_000);
  await expect.poll(storedKeys).not.toEqual([]);
  const clock = vi.spyOn(Date, 'now').mockReturnValue(Date.now() + passedMs);
  const after = await reload();
  await expect.poll(() => after.findAll('.retry')[0]?.innerText.trim()).toMatch(words);
  expect(after.find('.retry').getAttribute('aria-disabled')).toBe(isDisabled);
  clock.mockRestore();
  leave();
});
