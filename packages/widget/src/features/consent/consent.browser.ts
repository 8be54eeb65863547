import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { mountAnsweredChat } from '../../testing/mount-answered-chat.js';
import { type MountedChat, mountChat } from '../../testing/mount-chat.js';

let mounted: MountedChat | undefined;
beforeEach(() => sessionStorage.clear());
afterEach(() => mounted?.unmount());

async function mount(consent: string): Promise<MountedChat> {
  mounted = await mountChat({ open: true, consent });
  await vi.waitUntil(() => mounted?.findAll('.consent').length, 10_000);
  return mounted;
}

it('sends nothing and keeps the draft until the visitor agrees', async () => {
  const { chat, find, findAll, focused, settle, transport } = await mount('');
  expect(find('.consent').textContent).toContain('Your questions are sent to an assistant');
  await userEvent.type(find('textarea'), 'Why?{Enter}');
  await settle();
  expect(transport.inputs).toHaveLength(0);
  expect(chat.draft).toBe('Why?');
  expect(focused()).toBe(find('.consent button'));
  await userEvent.keyboard('{Enter}');
  await settle();
  expect(findAll('.consent')).toHaveLength(0);
  expect(focused()).toBe(find('textarea'));
  await userEvent.keyboard('{Enter}');
  await settle();
  expect(transport.inputs).toHaveLength(1);
});

it.each<[string, (mounted: MountedChat) => unknown]>([
  ['a starter', ({ find }) => userEvent.click(find('.starter'))],
  ['the page', ({ chat }) => chat.send('When?')],
])('puts what %s asks into the input until the visitor agrees', async (_name, ask) => {
  const { chat, find, settle, transport } = await mount('');
  chat.starters = ['When?'];
  await settle();
  await ask(mounted as MountedChat);
  await settle();
  expect(transport.inputs).toHaveLength(0);
  expect(chat.draft).toBe('When?');
  find('.consent button').focus();
  await userEvent.keyboard('{Enter}');
  await settle();
  await userEvent.keyboard('{Enter}');
  await settle();
  expect(transport.inputs.map(({ messages }) => messages.at(-1)?.content)).toEqual(['When?']);
});

it('leaves in the input what the visitor has begun there', async () => {
  const { chat, settle } = await mount('');
  chat.draft = 'Wh';
  await settle();
  expect(chat.send('When?')).toBe(false);
  await settle();
  expect(chat.draft).toBe('Wh');
});

it('asks again when another tab has taken the agreement back', async () => {
  const { chat, find, findAll, focused, settle, transport } = await mount('');
  chat.persist = 'session';
  find('.consent button').click();
  await settle();
  // As a log-out in another tab does.
  for (const key of Object.keys(sessionStorage)) if (key.startsWith('consent|')) sessionStorage.removeItem(key);
  await userEvent.type(find('textarea'), 'Why?{Enter}');
  await settle();
  expect(transport.inputs).toHaveLength(0);
  expect(chat.draft).toBe('Why?');
  expect(findAll('.consent')).toHaveLength(1);
  expect(focused()).toBe(find('.consent button'));
});

it('says what the page wants said, as text', async () => {
  const { find, findAll } = await mount('We use <b>cookies</b>.');
  expect(find('.consent p').textContent).toBe('We use <b>cookies</b>.');
  expect(findAll('.consent b')).toHaveLength(0);
});

it('puts the link of the page above the button, in the colour of links', async () => {
  const { chat, find } = await mount('We ask an AI.');
  const link = Object.assign(document.createElement('a'), {
    slot: 'consent',
    href: '/privacy',
    textContent: 'Privacy',
  });
  chat.append(link);
  const [{ bottom }, { top }] = [link.getBoundingClientRect(), find('.consent button').getBoundingClientRect()];
  expect(top - bottom).toBeGreaterThan(4);
  expect(getComputedStyle(link).color).not.toBe('rgb(0, 0, 238)');
});

it('refuses a question of the page too, and asks no more when it need not', async () => {
  const { chat, findAll, settle } = await mount('');
  expect(chat.send('Why?')).toBe(false);
  chat.consent = null;
  await settle();
  expect(findAll('.consent')).toHaveLength(0);
  expect(chat.send('Why?')).toBe(true);
});

it.each<[string, (chat: MountedChat['chat']) => unknown]>([
  ['retry()', (chat) => chat.retry()],
  ['a connection that is back', () => window.dispatchEvent(new Event('online'))],
])('lets nothing round it that asks again, such as %s, and loses nothing by it', async (_name, askAgain) => {
  mounted = await mountChat({ open: true });
  const { chat, transport, find, settle } = mounted;
  chat.send('Why?');
  transport.fail('offline');
  await settle();
  chat.consent = 'New words';
  await vi.waitUntil(() => mounted?.findAll('.consent').length, 10_000);
  const before = chat.conversation.getState();
  askAgain(chat);
  await settle();
  expect(transport.inputs).toHaveLength(1);
  expect(chat.conversation.getState()).toBe(before);
  find('.consent button').click();
  await settle();
  askAgain(chat);
  await settle();
  expect(transport.inputs).toHaveLength(2);
});

it.each(['Answer again', 'Go on', 'Try again', 'Ask again'])(
  'leads to the words first when "%s" is pressed',
  async (name) => {
    const answered = await mountAnsweredChat();
    mounted = answered;
    const { chat, transport, find, focused, settle, exchange, ask, button, when } = answered;
    await exchange('Why?', 'So.');
    if (name !== 'Answer again') {
      await ask('And?');
      transport.say('Half of');
      transport.fail('stream_interrupted');
      await settle();
    }
    if (name === 'Ask again') {
      (await when('.pencil')).click();
      await userEvent.fill(await when('.editor textarea'), 'How?');
    }
    chat.consent = 'New words';
    await when('.consent');
    await expect.poll(() => button(name)).toBeTruthy();
    const before = { ...chat.conversation.getState() };
    const asked = transport.inputs.length;
    await userEvent.click(button(name));
    await settle();
    expect(transport.inputs).toHaveLength(asked);
    expect(chat.conversation.getState().messages).toEqual(before.messages);
    expect(focused()).toBe(find('.consent button'));
  },
);

it('remembers as long as conversations are kept, until other words are asked for or the visitor leaves', async () => {
  const agree = async ({ find, settle }: MountedChat): Promise<void> => {
    find('.consent button').click();
    await settle();
  };
  const asks = async (consent: string, persist: 'session' | 'none' = 'session'): Promise<number> => {
    mounted?.unmount();
    mounted = await mountChat({ open: true, consent, persist });
    await mounted.settle();
    return mounted.findAll('.consent').length;
  };
  try {
    expect(await asks('Old words', 'none')).toBe(1);
    await agree(mounted as MountedChat);
    expect(await asks('Old words')).toBe(1);
    expect(Object.keys(sessionStorage)).toEqual([]);
    await agree(mounted as MountedChat);
    expect(await asks('Old words')).toBe(0);
    expect(await asks('New words')).toBe(1);
    expect(await asks('Old words')).toBe(0);
    mounted?.chat.dispatchEvent(new Event('nova-shutdown'));
    expect(await asks('Old words')).toBe(1);
  } finally {
    sessionStorage.clear();
  }
});
