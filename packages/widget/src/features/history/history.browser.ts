import { createConversation, createMessage, encodeConversation } from '@nova-chat/client/conversation';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import type { MountedChat } from '../../testing/mount-chat.js';
import { beginAfresh, exchange, leave, mount, reload, storedKeys, texts } from '../../testing/mount-kept-chat.js';
import { exportConversations, newConversation } from './history-commands.js';

beforeEach(beginAfresh);
afterEach(() => {
  leave();
  vi.restoreAllMocks();
});

/** What the browser keeps of a page that has gone into its cache. */
function keysAfterLeaving(): string[] {
  dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
  dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
  return storedKeys();
}

describe('what is kept', () => {
  it.each(['session', 'local'] as const)('comes back after a reload with persist=%s', async (persist) => {
    await exchange(await mount({ persist }), 'Why?', 'So.');
    const chat = await reload({ persist });
    await vi.waitUntil(() => texts(chat).length === 2);
    expect(texts(chat)).toEqual(['Why?', 'So.']);
    expect(
      Object.keys(persist === 'local' ? sessionStorage : localStorage).every((key) => /^shown\||^nova-chat$/.test(key)),
    ).toBe(true);
  });

  it('is nothing before the first question', async () => {
    const { chat, settle } = await mount();
    await settle();
    chat.draft = 'Wh';
    await settle();
    chat.hide();
    await settle();
    expect(storedKeys()).toEqual([]);
  });

  it.each(['session', 'local'] as const)(
    'is a draft that is reloaded away before it, with persist=%s',
    async (persist) => {
      const { chat } = await mount({ persist });
      chat.draft = 'Wh';
      await expect.poll(keysAfterLeaving).toEqual(['draft|nova-chat|||']);
      const again = await reload({ persist });
      await expect.poll(() => again.chat.draft).toBe('Wh');
      expect(storedKeys()).toEqual([]);
    },
  );

  it('is no draft before the visitor agrees, and none that nobody has asked to be kept', async () => {
    const { chat, find, findAll, settle } = await mount({ consent: 'Words' });
    await vi.waitUntil(() => findAll('.consent').length);
    chat.draft = 'Wh';
    await settle();
    expect(keysAfterLeaving()).toEqual([]);
    find('.consent button').click();
    expect(keysAfterLeaving()).toContain('draft|nova-chat|||');
    chat.persist = '';
    expect(keysAfterLeaving()).not.toContain('draft|nova-chat|||');
  });

  it.each(['session', 'local'] as const)(
    'is nothing at all with persist=none, and what was kept before goes at once: %s',
    async (before) => {
      const keeping = await mount({ persist: before });
      await exchange(keeping, 'Why?', 'So.');
      keeping.unmount();
      expect(storedKeys()).not.toEqual([]);
      const forgetting = await mount({ persist: 'none' });
      await expect.poll(storedKeys).toEqual([]);
      await exchange(forgetting, 'How?', 'Thus.');
      await forgetting.settle();
      expect(storedKeys()).toEqual([]);
      const chat = await reload({ persist: 'none' });
      expect(texts(chat)).toEqual([]);
    },
  );

  it('is kept apart for each endpoint and each id', async () => {
    await exchange(await mount({ endpoint: '/a' }), 'Why?', 'So.');
    expect(texts(await reload({ endpoint: '/b' }))).toEqual([]);
    expect(texts(await reload({ endpoint: '/a', id: 'second' }))).toEqual([]);
    const again = await reload({ endpoint: '/a' });
    await vi.waitUntil(() => texts(again).length === 2);
  });

  it('is found again from a page in another folder, with the way from there to the same endpoint', async () => {
    await exchange(await mount({ endpoint: './a' }), 'Why?', 'So.');
    const folder = location.pathname.split('/').at(-2) ?? '';
    const again = await reload({ endpoint: folder === '' ? './b/../a' : `../${folder}/a` });
    await vi.waitUntil(() => texts(again).length === 2);
    expect(texts(await reload({ endpoint: '../a/b' }))).toEqual([]);
  });
});

it('shows a chat before it looks for what was kept', async () => {
  const look = vi.spyOn(window, 'sessionStorage', 'get');
  const chat = document.body.appendChild(document.createElement('nova-chat'));
  await chat.updateComplete;
  expect(look).not.toHaveBeenCalled();
  await expect.poll(() => look.mock.calls.length).toBeGreaterThan(0);
  chat.remove();
});

describe('a page that changes its mind', () => {
  const keysOf = (storage: Storage): string[] =>
    Object.keys(storage).filter((key) => /^(?:nova-chat|consent)\|/.test(key));

  it.each(['session', 'local'] as const)('has nothing kept any more, from %s to none', async (persist) => {
    const chat = await mount({ persist, consent: 'Words' });
    await vi.waitUntil(() => chat.findAll('.consent').length);
    chat.find('.consent button').click();
    await exchange(chat, 'First?', 'Yes.');
    newConversation(chat.chat);
    await exchange(chat, 'Why?', 'So.');
    chat.chat.draft = 'Wh';
    dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    expect(storedKeys()).not.toEqual([]);
    chat.chat.persist = 'none';
    await vi.waitUntil(() => storedKeys().length === 0);
    // What is shown stays, and goes on, without another word to the browser.
    await exchange(chat, 'And now?', 'This.');
    expect(texts(chat)).toEqual(['Why?', 'So.', 'And now?', 'This.']);
    expect(exportConversations(chat.chat)).not.toContain('First?');
    dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    await chat.settle();
    expect(storedKeys()).toEqual([]);
  });

  it('has all of it kept elsewhere, from session to local, to none and back', async () => {
    const chat = await mount({ persist: 'session' });
    await exchange(chat, 'First?', 'Yes.');
    newConversation(chat.chat);
    await exchange(chat, 'Why?', 'So.');
    chat.chat.persist = 'local';
    await vi.waitUntil(() => keysOf(localStorage).length === 2);
    expect(keysOf(sessionStorage)).toEqual([]);
    chat.chat.persist = 'none';
    await vi.waitUntil(() => storedKeys().length === 0);
    chat.chat.persist = 'session';
    await vi.waitUntil(() => keysOf(sessionStorage).length === 1);
    const again = await reload({ persist: 'session' });
    await vi.waitUntil(() => texts(again).length === 2);
    expect(texts(again)).toEqual(['Why?', 'So.']);
  });
});

describe('a storage that does not do as it should', () => {
  it.each(['getItem', 'setItem', 'removeItem', 'key'] as const)(
    'does not break the chat when %s throws',
    async (name) => {
      vi.spyOn(Storage.prototype, name).mockImplementation(() => {
        throw new DOMException('No.', 'QuotaExceededError');
      });
      const chat = await mount();
      await exchange(chat, 'Why?', 'So.');
      expect(texts(chat)).toEqual(['Why?', 'So.']);
      await userEvent.click(chat.find('.history-button'));
      await chat.settle();
      expect(chat.findAll('.conversation')).toHaveLength(1);
    },
  );

  it('does not break the chat where looking at it throws', async () => {
    const own = Object.getOwnPropertyDescriptor(window, 'sessionStorage') as PropertyDescriptor;
    Object.defineProperty(window, 'sessionStorage', {
      configurable: true,
      get() {
        throw new DOMException('No.', 'SecurityError');
      },
    });
    const chat = await mount();
    await exchange(chat, 'Why?', 'So.');
    expect(texts(chat)).toEqual(['Why?', 'So.']);
    Object.defineProperty(window, 'sessionStorage', own);
  });

  it.each([
    ['no JSON', () => 'hello'],
    ['another shape', () => '{"version":1,"id":"x","createdAt":1,"updatedAt":2}\n{"tree":[{"message":{"role":"x"}}]}'],
    [
      'a prototype',
      () => '{"version":1,"id":"x","createdAt":1,"updatedAt":2,"__proto__":{"polluted":1}}\n{"tree":{"__proto__":{}}}',
    ],
  ])('is not believed when it holds %s', async (_name, text) => {
    sessionStorage.setItem('nova-chat|||x', text());
    const chat = await mount();
    await exchange(chat, 'Why?', 'So.');
    expect(texts(chat)).toEqual(['Why?', 'So.']);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });

  it('is shown as text where it holds markup', async () => {
    const evil = '<img src=x onerror="window.pwned=1"><script>window.pwned=1</script>[x](javascript:window.pwned=1)';
    const message = (id: string, role: 'user' | 'assistant') =>
      createMessage({ id, role, status: 'complete', createdAt: 1, text: evil });
    const tree = [
      { message: message('q', 'user'), parentId: null, isShown: true },
      { message: message('a', 'assistant'), parentId: 'q', isShown: true },
    ];
    const head = { id: 'x', title: evil, isNamed: true, createdAt: 1, updatedAt: 1, unread: 0, isLive: false };
    sessionStorage.setItem('nova-chat|||x', encodeConversation({ ...head, tree, live: undefined }));
    const chat = await mount();
    await vi.waitUntil(() => texts(chat).length === 2);
    await userEvent.click(chat.find('.history-button'));
    await chat.settle();
    expect(chat.find('.conversation .name').textContent).toBe(evil);
    expect(chat.findAll('img, script, a[href^="javascript:"]')).toHaveLength(0);
    expect(Reflect.get(window, 'pwned')).toBeUndefined();
  });
});

describe('an exported history', () => {
  it('has every conversation', async () => {
    const chat = await mount();
    await exchange(chat, 'Why?', 'So.');
    newConversation(chat.chat);
    await exchange(chat, 'How?', 'Thus.');
    expect(exportConversations(chat.chat)).toMatch(/# How\?[\s\S]*Thus\.[\s\S]*# Why\?[\s\S]*So\./);
    expect(JSON.parse(exportConversations(chat.chat, 'json')).conversations).toHaveLength(2);
  });
});

it('has one answer to a question while another one takes its place', async () => {
  const chat = await mount();
  await exchange(chat, 'Why?', 'So.');
  chat.chat.retry();
  await vi.waitUntil(() => chat.transport.inputs.length === 2);
  chat.transport.say('Thus.');
  await expect.poll(() => exportConversations(chat.chat)).toContain('Thus.');
  expect(exportConversations(chat.chat)).toContain('Why?');
  expect(exportConversations(chat.chat)).not.toContain('So.');
  chat.transport.complete();
  await chat.settle();
});

it('holds a conversation of the page once, however often it is loaded and shown', async () => {
  const toMessages = (name: string) => [
    createMessage({ id: `q ${name}`, role: 'user', status: 'complete', createdAt: 1, text: `Why ${name}?` }),
    createMessage({ id: `a ${name}`, role: 'assistant', status: 'complete', createdAt: 2, text: 'So.' }),
  ];
  const load = async (): Promise<MountedChat> => {
    const send = () => ({ async *[Symbol.asyncIterator]() {}, stop() {} });
    const make = (name: string) => createConversation({ transport: { send }, messages: toMessages(name) });
    const [a, b] = [make('a'), make('b')];
    const chat = await reload({ conversation: a, persist: 'local', open: false });
    await expect.poll(() => JSON.parse(exportConversations(chat.chat, 'json')).conversations.length).toBeGreaterThan(0);
    for (const shown of [b, a, b, a]) {
      chat.chat.conversation = shown;
      await chat.settle();
    }
    return chat;
  };
  await load();
  const { chat } = await load();
  const { conversations } = JSON.parse(exportConversations(chat, 'json'));
  expect(conversations).toHaveLength(2);
  expect(exportConversations(chat)).toMatch(/# Why [ab]\?[\s\S]*# Why [ab]\?/);
  expect(chat.conversation.getState().messages.map(({ text }) => text)).toEqual(['Why a?', 'So.']);
});

it('holds a conversation of the page once that was begun in the chat', async () => {
  const first = await mount({ persist: 'local' });
  first.chat.conversation = createConversation({ transport: first.chat.transport });
  await first.settle();
  await exchange(first, 'Why?', 'So.');
  const { messages } = first.chat.conversation.getState();
  const again = await reload({ persist: 'local' });
  again.chat.conversation = createConversation({ transport: again.chat.transport, messages });
  await again.settle();
  await exchange(again, 'How?', 'Thus.');
  expect(JSON.parse(exportConversations(again.chat, 'json')).conversations).toHaveLength(1);
});

describe('a chat that is moved in the page', () => {
  it('keeps its state and its answer', async () => {
    const chat = await mount();
    await exchange(chat, 'Why?', 'So.');
    chat.chat.send('How?');
    await vi.waitUntil(() => chat.transport.inputs.length === 2);
    chat.transport.say('Thus, ');
    await chat.settle();
    const aside = document.createElement('aside');
    document.body.append(aside);
    aside.append(chat.chat);
    chat.transport.say('and ');
    chat.chat.remove();
    await chat.settle();
    chat.transport.say('so on.');
    chat.transport.complete();
    await chat.settle();
    document.body.append(chat.chat);
    aside.remove();
    await chat.settle();
    expect(texts(chat)).toEqual(['Why?', 'So.', 'How?', 'Thus, and so on.']);
    expect(chat.transport.stops).toBe(0);
    const again = await reload();
    await vi.waitUntil(() => texts(again).length === 4);
    expect(texts(again)[3]).toBe('Thus, and so on.');
  });
});
