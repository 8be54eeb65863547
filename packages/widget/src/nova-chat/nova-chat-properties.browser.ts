import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { NovaTool } from '../features/shared/nova-tool.js';
import { mountChat } from '../testing/mount-chat.js';
import { NovaChatProperties } from './nova-chat-properties.js';

beforeEach(() => page.viewport(800, 600));
afterEach(() => document.body.replaceChildren());

describe('attributes', () => {
  it.each([
    ['["One?","Two?"]', ['One?', 'Two?']],
    ['not JSON', []],
  ])('reads starters=%j', async (starters, expected) => {
    const { chat, findAll, settle } = await mountChat({ open: true });
    chat.setAttribute('starters', starters);
    await settle();
    expect(findAll('.starter').map(({ textContent }) => textContent)).toEqual(expected);
  });

  it('sends a starter', async () => {
    const { chat, transport, find, focused, settle } = await mountChat({ open: true, starters: ['Why?'] });
    await userEvent.click(page.getByRole('button', { name: 'Why?' }));
    await settle();
    expect(transport.inputs[0]?.messages).toEqual([{ role: 'user', content: 'Why?' }]);
    expect(focused()).toBe(find('.send'));
    chat.stop();
  });

  it.each([undefined, null])('goes on when a property is set to %s', async (value) => {
    const { chat, transport, findAll, settle } = await mountChat({ open: true, attachments: true });
    await vi.waitUntil(() => findAll('.attach').length > 0);
    const exchange = async (count: number): Promise<void> => {
      expect(chat.send('Why?')).toBe(true);
      await vi.waitFor(() => expect(transport.inputs).toHaveLength(count));
      transport.say('So.');
      transport.complete();
      await vi.waitFor(() => expect(findAll('.markdown')).toHaveLength(count));
    };
    for (const name of NovaChatProperties.elementProperties.keys()) {
      const had = Reflect.get(chat, name);
      Reflect.set(chat, name, value);
      // False: another update follows, such as that of a feature which hears that the chat was closed.
      await expect(chat.updateComplete, String(name)).resolves.toBeTypeOf('boolean');
      if (name === 'client' || name === 'open') Reflect.set(chat, name, had);
    }
    await settle();
    expect(findAll('.consent')).toEqual([]);
    expect(findAll('h2')[0]?.textContent).toBe('Chat');
    await exchange(1);
    const tool: NovaTool = { name: 'clock', run: () => 'noon' };
    chat.tools = [tool];
    await exchange(2);
    expect(transport.inputs[1]?.tools).toHaveLength(1);
    Reflect.set(chat, 'tools', value);
    await exchange(3);
    expect(transport.inputs[2]?.tools).toBeUndefined();
  });

  it('says what a client must be as soon as it is given something else', async () => {
    const { chat, transport } = await mountChat();
    const report = vi.spyOn(globalThis, 'reportError').mockImplementation(() => {});
    for (const right of [null, transport]) {
      Reflect.set(chat, 'client', right);
      await chat.updateComplete;
    }
    expect(report).not.toHaveBeenCalled();
    // What `createClient` gives is the likeliest one.
    Reflect.set(chat, 'client', { chat: { stream() {} } });
    await chat.updateComplete;
    expect(report.mock.calls).toEqual([[new TypeError('client needs send(), such as { send: nova.chat.stream }')]]);
    report.mockRestore();
  });

  it('takes single strings in the place of its own', async () => {
    await mountChat({ open: true, strings: { input: 'Frag mich', heading: 'Hilfe' } });
    await expect.element(page.getByRole('dialog', { name: 'Hilfe' })).toBeVisible();
    await expect.element(page.getByRole('textbox', { name: 'Frag mich' })).toBeVisible();
    await expect.element(page.getByRole('button', { name: 'Send' })).toBeVisible();
  });

  it('takes no questions when disabled', async () => {
    const { chat, transport, find } = await mountChat({ open: true, disabled: true });
    expect(chat.send('Why?')).toBe(false);
    expect(find<HTMLTextAreaElement>('textarea').disabled).toBe(true);
    expect(transport.inputs).toEqual([]);
  });

  it('asks nothing again when disabled', async () => {
    const { chat, transport, settle } = await mountChat({ open: true });
    chat.send('Why?');
    transport.fail('offline');
    await settle();
    chat.disabled = true;
    expect(chat.retry()).toBe(false);
    window.dispatchEvent(new Event('online'));
    await settle();
    expect(transport.inputs).toHaveLength(1);
    chat.disabled = false;
    expect(chat.retry()).toBe(true);
  });

  it.each([
    ['light', 'rgb(255, 255, 255)'],
    ['dark', 'rgb(24, 25, 29)'],
  ] as const)('shows the %s theme whatever the system wants', async (theme, background) => {
    const { find } = await mountChat({ open: true, theme });
    expect(getComputedStyle(find('.panel')).backgroundColor).toBe(background);
  });

  it('is light or dark as the page says, and follows its switch', async () => {
    const { style } = document.documentElement;
    try {
      style.colorScheme = 'dark';
      const { find } = await mountChat({ open: true, theme: 'page' });
      const background = (): string => getComputedStyle(find('.panel')).backgroundColor;
      expect(background()).toBe('rgb(24, 25, 29)');
      style.colorScheme = 'light';
      expect(background()).toBe('rgb(255, 255, 255)');
    } finally {
      style.colorScheme = '';
    }
  });

  it.each([
    ['#2f5bea', '0.9505 1 1.0891'],
    ['#ffd400', '0 0 0'],
    ['#757575', '0.9505 1 1.0891'],
    ['#7a7a7a', '0 0 0'],
  ])('writes on the accent %s in the colour with the better contrast', async (accent, channels) => {
    const { chat, find } = await mountChat();
    chat.style.setProperty('--nova-accent', accent);
    expect(getComputedStyle(find('.launcher')).color).toBe(`color(xyz-d65 ${channels})`);
  });
});
