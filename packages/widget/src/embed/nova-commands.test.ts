import { expect, it, vi } from 'vitest';
import type { ChatElement, ChatEmbed } from './create-chat-embed.js';
import { installNovaCommands } from './nova-commands.js';

type Nova = (...parameters: unknown[]) => Promise<unknown>;

function createEmbed() {
  const chat = { toggle: vi.fn(), send: vi.fn((text: string) => text !== ''), stop: vi.fn(), clear: vi.fn() };
  const element = chat as unknown as ChatElement;
  const embed = {
    ready: Promise.resolve(element),
    mount: vi.fn(async () => element),
    open: vi.fn(async () => {}),
    close: vi.fn(),
  } satisfies ChatEmbed;
  return { chat, embed };
}

it('opens and closes the chat', async () => {
  const { embed } = createEmbed();
  const page: { nova?: unknown } = {};
  installNovaCommands(embed, page);
  await (page.nova as Nova)('show');
  await (page.nova as Nova)('hide');
  expect([embed.open, embed.close].map(({ mock }) => mock.calls.length)).toEqual([1, 1]);
  expect(embed.mount).not.toHaveBeenCalled();
});

it('calls methods of the chat, and hands their results on', async () => {
  const { chat, embed } = createEmbed();
  const page: { nova?: unknown } = {};
  installNovaCommands(embed, page);
  expect(await (page.nova as Nova)('send', 'Why?')).toBe(true);
  await (page.nova as Nova)('toggle');
  expect(chat.send).toHaveBeenCalledWith('Why?');
  expect(chat.toggle).toHaveBeenCalledOnce();
});

it('tells when the chat is ready, without loading it', async () => {
  const { chat, embed } = createEmbed();
  const page: { nova?: unknown } = {};
  installNovaCommands(embed, page);
  const onReady = vi.fn();
  await (page.nova as Nova)('ready', onReady);
  expect(onReady).toHaveBeenCalledWith(chat);
  expect(await (page.nova as Nova)('ready')).toBe(chat);
  expect(embed.mount).not.toHaveBeenCalled();
});

it('answers what a stub has kept, in order', async () => {
  const { chat, embed } = createEmbed();
  function stub(..._parameters: unknown[]): void {
    // biome-ignore lint/complexity/noArguments: what pages put in is their arguments object.
    stub.q.push(arguments);
  }
  stub.q = [] as IArguments[];
  const page: { nova?: unknown } = { nova: stub };
  stub('show');
  stub('send', 'One?');
  stub('send', 'Two?');
  installNovaCommands(embed, page);
  await vi.waitUntil(() => chat.send.mock.calls.length === 2);
  expect(chat.send.mock.calls).toEqual([['One?'], ['Two?']]);
  expect(embed.open).toHaveBeenCalledOnce();
});

it('refuses what it does not know', async () => {
  const { embed } = createEmbed();
  const page: { nova?: unknown } = {};
  installNovaCommands(embed, page);
  await expect((page.nova as Nova)('remove')).rejects.toThrow("nova('remove') is unknown");
  await expect((page.nova as Nova)('constructor')).rejects.toThrow(TypeError);
});

it('rejects a call that needs a chat which does not load', async () => {
  const { embed } = createEmbed();
  embed.mount.mockRejectedValue(new TypeError('Failed to fetch'));
  const page: { nova?: unknown } = {};
  installNovaCommands(embed, page);
  await expect((page.nova as Nova)('send', 'Why?')).rejects.toThrow('Failed to fetch');
});

it.each([['a function of the page', () => 'theirs']])('leaves %s alone', (_, nova) => {
  const page = { nova };
  installNovaCommands(createEmbed().embed, page);
  expect(page.nova).toBe(nova);
});

it('takes the name where an element with that id holds it', () => {
  const page: { nova?: unknown } = { nova: { localName: 'div' } };
  installNovaCommands(createEmbed().embed, page);
  expect(page.nova).toBeTypeOf('function');
});
