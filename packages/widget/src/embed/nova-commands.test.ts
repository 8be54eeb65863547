import { expect, it, vi } from 'vitest';
import type { ChatElement, ChatEmbed } from './create-chat-embed.js';
import { installNovaCommands } from './nova-commands.js';

type Nova = (...parameters: unknown[]) => Promise<unknown>;

function createEmbed() {
  const chat = new EventTarget() as ChatElement;
  const embed = {
    chat,
    ready: Promise.resolve(chat),
    open: vi.fn(async () => {}),
    close: vi.fn(),
    call: vi.fn(async (_name: string, _parameters: readonly unknown[]): Promise<unknown> => true),
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
  expect(embed.call).not.toHaveBeenCalled();
});

it('hands everything else on to the chat, and its result back', async () => {
  const { embed } = createEmbed();
  const page: { nova?: unknown } = {};
  installNovaCommands(embed, page);
  expect(await (page.nova as Nova)('send', 'Why?')).toBe(true);
  expect(embed.call).toHaveBeenCalledWith('send', ['Why?']);
});

it('listens to the chat without loading it, until told to leave', async () => {
  const { chat, embed } = createEmbed();
  const page: { nova?: unknown } = {};
  installNovaCommands(embed, page);
  const onShow = vi.fn();
  const leave = (await (page.nova as Nova)('on', 'show', onShow)) as () => void;
  chat.dispatchEvent(new Event('nova-show'));
  leave();
  chat.dispatchEvent(new Event('nova-show'));
  expect(onShow).toHaveBeenCalledOnce();
  expect(embed.call).not.toHaveBeenCalled();
});

it('tells when the chat is ready, without loading it', async () => {
  const { chat, embed } = createEmbed();
  const page: { nova?: unknown } = {};
  installNovaCommands(embed, page);
  const onReady = vi.fn();
  await (page.nova as Nova)('ready', onReady);
  expect(onReady).toHaveBeenCalledWith(chat);
  expect(await (page.nova as Nova)('ready')).toBe(chat);
  expect(embed.call).not.toHaveBeenCalled();
});

it('answers what a stub has kept, in order', async () => {
  const { embed } = createEmbed();
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
  await vi.waitUntil(() => embed.call.mock.calls.length === 2);
  expect(embed.call.mock.calls).toEqual([
    ['send', ['One?']],
    ['send', ['Two?']],
  ]);
  expect(embed.open).toHaveBeenCalledOnce();
});

it('rejects a call that needs a chat which does not load', async () => {
  const { embed } = createEmbed();
  embed.call.mockRejectedValue(new TypeError('Failed to fetch'));
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
  // The names of elements are members of what the window inherits from.
  const page: { nova?: unknown } = Object.create({ nova: { localName: 'div' } });
  installNovaCommands(createEmbed().embed, page);
  expect(page.nova).toBeTypeOf('function');
});

it.each([[{ mine: true }], ['mine'], [null], [0]])('leaves the name to a page that holds %j under it', (nova) => {
  const page: { nova?: unknown } = { nova };
  installNovaCommands(createEmbed().embed, page);
  expect(page.nova).toBe(nova);
});
