import { afterEach, describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { type MountedChat, mountChat } from '../../testing/mount-chat.js';
import type { NovaTool } from '../shared/nova-tool.js';

let mounted: MountedChat;
afterEach(() => {
  mounted.unmount();
  vi.restoreAllMocks();
});

/** What a model may have written in the place of a card or of a form. */
const wrong: [string, unknown][] = [
  ['nothing', undefined],
  ['null', null],
  ['a text', 'A card'],
  ['a list', [1]],
  ['a link without an address', { link: { label: 'Open', url: 'https://example.com/' } }],
  ['a link that is a text', { link: 'https://example.com/' }],
  ['facts that are an object', { facts: { Price: '20' } }],
  ['facts that are none', { facts: [null, 'Price', { label: { a: 1 }, value: ['b'] }] }],
  ['replies that are a text', { replies: 'Yes' }],
  ['replies that are objects', { replies: [{ text: 'Yes' }, null, 7] }],
  ['what looks like a template', { title: { _$litType$: 1, strings: ['<b>'], values: [] } }],
  ['fields that are an object', { fields: { day: 'Day' } }],
  ['fields that are none', { fields: [null, 'day', { name: {}, label: [], type: {}, options: 'Monday', value: {} }] }],
];

async function run(run: NovaTool['run']): Promise<MountedChat> {
  vi.spyOn(globalThis, 'reportError').mockImplementation(() => {});
  mounted = await mountChat({ open: true, tools: [{ name: 'made', auto: true, run }] });
  mounted.chat.send('Show it.');
  await vi.waitUntil(() => mounted.transport.inputs.length === 1);
  mounted.transport.write({ type: 'tool-call-delta', index: 0, id: 'made-0', name: 'made', choice: 0 });
  mounted.transport.write({ type: 'end', outcome: 'complete', finishReason: 'tool_calls' });
  return mounted;
}

async function finish({ transport, settle, findAll }: MountedChat): Promise<void> {
  await vi.waitUntil(() => transport.inputs.length === 2);
  transport.say('Here it is.');
  transport.complete();
  await settle();
  await expect.poll(() => findAll('.assistant').at(-1)?.innerText).toContain('Here it is.');
}

describe('what a tool shows', () => {
  it.each(wrong)('does not keep the answer from being shown as a card that is %s', async (_name, card) => {
    await finish(await run((_input, { show }) => show(card as never)));
  });

  it.each(wrong)('does not keep the answer from being shown as a form that is %s', async (_name, form) => {
    const { find, findAll } = await run((_input, { ask }) => ask(form as never));
    await expect.poll(() => findAll('form.card').length).toBe(1);
    await userEvent.click(find('.quiet-button'));
    await finish(mounted);
  });

  it('shows a number as what it says', async () => {
    const facts = [{ label: 'Price', value: 20 }] as never;
    await finish(await run((_input, { show }) => show({ facts })));
    expect(mounted.find('.card dl').innerText.replace(/\s+/g, ' ')).toBe('Price 20');
  });
});
