import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { beginAfresh, leave, leaveAndReturn, mount, storedKeys, texts } from '../../testing/mount-kept-chat.js';

beforeEach(beginAfresh);
afterEach(() => {
  leave();
  vi.useRealTimers();
});

/** As of a chat whose page says nothing of it. */
const persist = '';

it('is kept while nothing is said, and asked for again by the next page', async () => {
  const { chat, transport } = await mount({ persist });
  chat.send('Why?');
  await expect.poll(storedKeys).toContainEqual(expect.stringMatching(/^nova-chat\|/));
  const next = await leaveAndReturn({ persist });
  await expect.poll(() => next.transport.inputs.length).toBe(1);
  expect(next.transport.inputs[0]?.messages).toEqual(transport.inputs[0]?.messages);
  next.transport.say('So.');
  next.transport.complete();
  await expect.poll(() => texts(next)).toEqual(['Why?', 'So.']);
});

it('is left to the visitor who comes back later', async () => {
  const { chat } = await mount({ persist });
  chat.send('Why?');
  await expect.poll(storedKeys).toContainEqual(expect.stringMatching(/^nova-chat\|/));
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 121_000 });
  const next = await leaveAndReturn({ persist });
  await expect.poll(() => next.findAll('.notice button').length).toBe(1);
  expect(next.transport.inputs).toEqual([]);
  next.find('.notice button').click();
  await expect.poll(() => next.transport.inputs.length).toBe(1);
});
