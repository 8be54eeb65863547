import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { type MountedChat, mountChat } from '../testing/mount-chat.js';
import { runCommand } from './run-command.js';

let mounted: MountedChat;
const run = (name: string, ...parameters: unknown[]): unknown => runCommand(mounted.chat, name, parameters);

beforeEach(async () => {
  mounted = await mountChat();
});
afterEach(() => mounted.unmount());

it('opens, closes, asks and stops', async () => {
  run('toggle');
  expect(mounted.chat.open).toBe(true);
  expect(run('send', 'Why?')).toBe(true);
  run('stop');
  await mounted.settle();
  expect(mounted.transport.stops).toBe(1);
  run('clear');
  expect(mounted.chat.conversation.getState().messages).toEqual([]);
});

it('writes into the input of a chat that has not been opened yet', async () => {
  run('prefill', 'Where is my order?');
  run('toggle');
  await mounted.settle();
  expect(mounted.find<HTMLTextAreaElement>('textarea').value).toBe('Where is my order?');
});

it('says who asks', async () => {
  run('identify', { id: 'u1', token: 't' });
  run('context', { page: 'Pricing' });
  await mounted.settle();
  run('send', 'Why?');
  await vi.waitUntil(() => mounted.transport.inputs.length, 10_000);
  expect(mounted.transport.inputs[0]).toMatchObject({ user: 'u1', messages: [{ role: 'system' }, { role: 'user' }] });
  expect(mounted.transport.headers).toEqual([{ authorization: 'Bearer t' }]);
});

it('changes options, the accent too', async () => {
  run('update', { heading: 'Help', accent: 'rgb(1, 2, 3)' });
  run('toggle');
  await mounted.settle();
  expect(mounted.find('h2').textContent).toBe('Help');
  expect(mounted.chat.style.getPropertyValue('--nova-accent')).toBe('rgb(1, 2, 3)');
});

it('changes options by the names of their attributes too', () => {
  run('update', { 'enter-key': 'newline', 'link-policy': 'self', maxAttachments: 2 });
  const { enterKey, linkPolicy, maxAttachments } = mounted.chat;
  expect([enterKey, linkPolicy, maxAttachments]).toEqual(['newline', 'self', 2]);
});

it('reads a text as the attribute of that name', () => {
  run('update', { starters: '["Why?"]', models: '["a"]', 'max-attachments': '2', attachments: '' });
  run('context', '{ "page": "Pricing" }');
  const { starters, models, maxAttachments, attachments, context } = mounted.chat;
  expect([starters, models, maxAttachments, attachments, context]).toEqual([
    ['Why?'],
    ['a'],
    2,
    true,
    { page: 'Pricing' },
  ]);
});

it('says what is wrong with the options of the tag', async () => {
  expect(await run('check')).toEqual([]);
  mounted.chat.setAttribute('theme', 'purple');
  expect(await run('check')).toEqual(['theme="purple" must be auto or page or light or dark.']);
});

it('forgets the visitor and leaves the page, whose own headers stay', async () => {
  mounted.chat.headers = { 'x-site': 'a' };
  run('identify', { id: 'u1', token: 't' });
  run('send', 'Why?');
  const onShutdown = vi.fn();
  mounted.chat.addEventListener('nova-shutdown', onShutdown);
  await run('shutdown');
  const { user, headers, conversation, isConnected } = mounted.chat;
  expect([user, headers, conversation.getState().messages, isConnected]).toEqual([
    undefined,
    { 'x-site': 'a' },
    [],
    false,
  ]);
  expect(onShutdown).toHaveBeenCalledOnce();
});

it('leaves nothing of a visitor to the next one', async () => {
  Object.assign(mounted.chat, { attachments: true, models: ['fast', 'deep'], model: 'fast', open: true });
  const { chat, find, findAll, settle } = mounted;
  await vi.waitUntil(() => findAll('.attach, .models').length === 2, 10_000);
  await userEvent.selectOptions(find('.models'), 'deep');
  await userEvent.upload(find('.attach input'), new File(['Hello'], 'note.md'));
  await expect.poll(() => findAll('.chosen .attachment')).toHaveLength(1);
  await expect.poll(() => find('.vh[aria-live=polite]').textContent).toBe('note.md is added.');
  await run('shutdown');
  document.body.append(chat);
  await settle();
  expect(findAll('.chosen')).toEqual([]);
  expect(chat.attached).toBe(false);
  expect(chat.model).toBe('fast');
  expect(findAll('.log')[0]?.childElementCount).toBeGreaterThan(0);
  expect(findAll('.vh[aria-live]').map(({ textContent }) => textContent)).toEqual(['', '']);
});

it('keeps the model of the page at a log-out, one that came after the choice of the visitor too', async () => {
  Object.assign(mounted.chat, { models: ['fast', 'deep'], open: true });
  await vi.waitUntil(() => mounted.findAll('.models').length, 10_000);
  await userEvent.selectOptions(mounted.find('.models'), 'deep');
  mounted.chat.model = 'other';
  await run('shutdown');
  expect(mounted.chat.model).toBe('other');
});

it('gives the conversations to the page, and forgets them', async () => {
  run('send', 'Why?');
  mounted.transport.say('So.');
  mounted.transport.complete();
  await mounted.settle();
  await vi.waitUntil(async () => String(await run('export')).includes('So.'), 10_000);
  expect(JSON.parse(String(await run('export', 'json'))).conversations).toHaveLength(1);
  await run('new');
  expect(mounted.chat.conversation.getState().messages).toEqual([]);
  await run('delete');
  expect(String(await run('export')).trim()).toBe('');
});

describe('what it does not know', () => {
  it.each(['remove', 'constructor', ''])('is refused: %j', (name) => {
    expect(() => run(name)).toThrow(`nova('${name}') is unknown; there are ready, on, show, hide, toggle`);
  });

  it('is refused as an option, and then nothing is changed', () => {
    expect(() => run('update', { heading: 'Help', colour: 'red' })).toThrow(
      "nova('update') has no option colour; there are accent, endpoint",
    );
    expect(mounted.chat.heading).toBe('');
  });

  it('is refused as a value that cannot be read, and then nothing is changed', () => {
    expect(() => run('update', { heading: 'Help', starters: 'Why?' })).toThrow(
      `nova('update') cannot read starters="Why?": it must be JSON`,
    );
    expect(() => run('update', { heading: 'Help', 'max-attachments': 'two' })).toThrow(
      `nova('update') cannot read max-attachments="two": it must be a number`,
    );
    expect(() => run('identify', 'u1')).toThrow('cannot read user="u1"');
    expect(mounted.chat.heading).toBe('');
  });
});

it('lets a page keep the panel open or closed', () => {
  const veto = (event: Event): void => event.preventDefault();
  mounted.chat.addEventListener('nova-before-show', veto);
  run('toggle');
  expect(mounted.chat.open).toBe(false);
  mounted.chat.removeEventListener('nova-before-show', veto);
  run('toggle');
  mounted.chat.addEventListener('nova-before-hide', veto);
  run('toggle');
  expect(mounted.chat.open).toBe(true);
});
