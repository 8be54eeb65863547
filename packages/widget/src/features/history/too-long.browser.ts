import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { axeViolations } from '../../testing/axe-violations.js';
import type { MountedChat } from '../../testing/mount-chat.js';
import { beginAfresh, exchange, leave, mount, texts } from '../../testing/mount-kept-chat.js';

beforeEach(beginAfresh);
afterEach(leave);

async function refuse(mounted: MountedChat, question: string, code = 'request_too_large'): Promise<void> {
  const asked = mounted.transport.inputs.length;
  mounted.chat.send(question);
  await vi.waitUntil(() => mounted.transport.inputs.length > asked);
  mounted.transport.fail(code, { retryable: false });
  await vi.waitUntil(() => mounted.findAll('.notice').length > 0);
}

const offered = (mounted: MountedChat): HTMLElement[] => mounted.findAll('nova-message [part=new-conversation]');

it('offers a new conversation to a question that was too much for this one, and takes it along', async () => {
  const mounted = await mount();
  await exchange(mounted, 'Why?', 'So.');
  await refuse(mounted, 'And how?');
  expect(mounted.find('.notice bdi').textContent).toContain('This conversation has become too long.');
  await expect.poll(() => offered(mounted)).toHaveLength(1);
  expect(await axeViolations(mounted.chat)).toEqual([]);
  await userEvent.click(offered(mounted)[0] as HTMLElement);
  await expect.poll(() => texts(mounted)).toEqual([]);
  await expect.poll(() => mounted.find<HTMLTextAreaElement>('textarea').value).toBe('And how?');
  expect(mounted.focused()).toBe(mounted.find('textarea'));
  await userEvent.keyboard('{Enter}');
  await vi.waitUntil(() => mounted.transport.inputs.length === 3);
  expect(mounted.transport.inputs.at(-1)?.messages).toEqual([{ role: 'user', content: 'And how?' }]);
  mounted.transport.say('Thus.');
  mounted.transport.complete();
  await mounted.settle();
  // The former one has lost nothing.
  await userEvent.click(mounted.find('.history-button'));
  await userEvent.click(mounted.findAll('.rows .open').at(-1) as HTMLElement);
  await expect.poll(() => texts(mounted)).toEqual(['Why?', 'So.', 'And how?']);
});

it.each([
  ['as they were', []],
  ['and what has been chosen since', ['b.txt']],
])('takes the files of the question along, %s', async (_, more) => {
  const all = ['a.txt', ...more];
  const mounted = await mount({ attachments: true });
  await exchange(mounted, 'Why?', 'So.');
  const names = (): string[] => mounted.findAll('.chosen .name').map(({ innerText }) => innerText);
  const give = (name: string): Promise<void> =>
    userEvent.upload(mounted.find('.attach input'), new File([name], name, { type: 'text/plain' }));
  await give('a.txt');
  await expect.poll(names).toEqual(['a.txt']);
  await refuse(mounted, 'And how?');
  await expect.poll(() => offered(mounted)).toHaveLength(1);
  for (const name of more) await give(name);
  await expect.poll(names).toEqual(all);
  await userEvent.click(offered(mounted)[0] as HTMLElement);
  await expect.poll(() => mounted.find<HTMLTextAreaElement>('textarea').value).toBe('And how?');
  expect(names()).toEqual(all);
  await userEvent.keyboard('{Enter}');
  await vi.waitUntil(() => mounted.transport.inputs.length === 3);
  expect(mounted.transport.inputs.at(-1)?.messages).toMatchObject([
    { content: [...all.map((name) => ({ text: `${name}:\n\n${name}` })), { text: 'And how?' }] },
  ]);
});

it('offers none to a first question, and none after another failure', async () => {
  const mounted = await mount();
  await refuse(mounted, 'A whole book');
  await expect.poll(() => mounted.findAll('.history-button')).toHaveLength(1);
  expect(offered(mounted)).toEqual([]);
  mounted.chat.clear();
  await exchange(mounted, 'Why?', 'So.');
  await refuse(mounted, 'And how?', 'server_error');
  await mounted.settle();
  expect(offered(mounted)).toEqual([]);
});
