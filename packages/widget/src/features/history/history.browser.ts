import { createMessage, encodeConversation } from '@nova-chat/client/conversation';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import type { NovaChat } from '../../nova-chat/nova-chat.js';
import { axeViolations } from '../../testing/axe-violations.js';
import { type MountedChat, mountChat } from '../../testing/mount-chat.js';
import { deleteConversations, exportConversations, newConversation } from './history-commands.js';

let mounted: MountedChat | undefined;

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
});
afterEach(() => {
  mounted?.unmount();
  vi.restoreAllMocks();
});

async function mount(properties: Partial<NovaChat> = {}): Promise<MountedChat> {
  mounted = await mountChat({ open: true, persist: 'session', ...properties });
  return mounted;
}

/** Asks, and answers at once. */
async function exchange(chat: MountedChat, question: string, answer: string): Promise<void> {
  chat.chat.send(question);
  await vi.waitUntil(() => chat.transport.inputs.at(-1)?.messages.at(-1)?.content === question);
  chat.transport.say(answer);
  chat.transport.complete();
  await vi.waitUntil(() => !chat.chat.conversation.getState().live);
  await vi.waitUntil(() => chat.findAll('.history-button').length > 0);
  await chat.settle();
}

/** Loads the page again, as far as the chat can tell. */
async function reload(properties: Partial<NovaChat> = {}): Promise<MountedChat> {
  mounted?.unmount();
  const chat = await mount(properties);
  await chat.settle();
  return chat;
}

const texts = ({ findAll }: MountedChat): string[] =>
  findAll('nova-message').map((message) => message.querySelector('.bubble')?.textContent?.trim() ?? '');

const storedKeys = (): string[] => [...Object.keys(localStorage), ...Object.keys(sessionStorage)];

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

  it('is nothing at all with persist=none, and what was kept before goes', async () => {
    await exchange(await mount(), 'Why?', 'So.');
    mounted?.unmount();
    expect(storedKeys()).not.toEqual([]);
    await exchange(await mount({ persist: 'none' }), 'How?', 'Thus.');
    await mounted?.settle();
    expect(storedKeys()).toEqual([]);
    const chat = await reload({ persist: 'none' });
    expect(texts(chat)).toEqual([]);
  });

  it('is kept apart for each endpoint and each id', async () => {
    await exchange(await mount({ endpoint: '/a' }), 'Why?', 'So.');
    expect(texts(await reload({ endpoint: '/b' }))).toEqual([]);
    expect(texts(await reload({ endpoint: '/a', id: 'second' }))).toEqual([]);
    const again = await reload({ endpoint: '/a' });
    await vi.waitUntil(() => texts(again).length === 2);
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

describe('the list of conversations', () => {
  async function mountTwo(): Promise<MountedChat> {
    const chat = await mount();
    await exchange(chat, 'Where is my order?', 'On its way.');
    newConversation(chat.chat);
    await chat.settle();
    await exchange(chat, 'Do you sell cake?', 'We do, with cherries.');
    return chat;
  }
  const names = ({ findAll }: MountedChat): string[] =>
    findAll('.conversation .name').map(({ textContent }) => textContent ?? '');

  it('names each by its first question, the newest first, and switches', async () => {
    const chat = await mountTwo();
    await userEvent.click(chat.find('.history-button'));
    await chat.settle();
    expect(names(chat)).toEqual(['Do you sell cake?', 'Where is my order?']);
    expect(chat.focused()?.textContent).toContain('Do you sell cake?');
    await userEvent.keyboard('{ArrowDown}{Enter}');
    await chat.settle();
    expect(chat.findAll('.conversations')).toHaveLength(0);
    expect(chat.focused()).toBe(chat.find('.history-button'));
    expect(texts(chat)).toEqual(['Where is my order?', 'On its way.']);
    await exchange(chat, 'When?', 'At noon.');
    const again = await reload();
    await vi.waitUntil(() => texts(again).length === 4);
    expect(texts(again)[2]).toBe('When?');
  });

  it('searches in titles and in what was said', async () => {
    const chat = await mountTwo();
    await userEvent.click(chat.find('.history-button'));
    await chat.settle();
    await userEvent.fill(chat.find('.search input'), 'CHERRIES cake');
    await chat.settle();
    expect(names(chat)).toEqual(['Do you sell cake?']);
    await userEvent.fill(chat.find('.search input'), 'nothing of the kind');
    await chat.settle();
    expect(chat.find('.none').textContent).toBe('No conversation found.');
  });

  it('closes with Escape, and the panel stays', async () => {
    const chat = await mountTwo();
    await userEvent.click(chat.find('.history-button'));
    await chat.settle();
    expect(chat.find('nova-composer').inert).toBe(true);
    await userEvent.keyboard('{Escape}');
    await chat.settle();
    expect(chat.findAll('.conversations')).toHaveLength(0);
    expect(chat.find('nova-composer').inert).toBe(false);
    expect(chat.chat.open).toBe(true);
    expect(chat.focused()).toBe(chat.find('.history-button'));
  });

  it('renames, deletes and takes a deletion back', async () => {
    const chat = await mountTwo();
    await userEvent.click(chat.find('.history-button'));
    await chat.settle();
    await userEvent.click(chat.findAll('.more')[0] as HTMLElement);
    await chat.settle();
    await userEvent.click(chat.findAll('.option')[0] as HTMLElement);
    await chat.settle();
    expect(chat.focused()).toBe(chat.find('.title-form input'));
    await userEvent.fill(chat.find('.title-form input'), 'Cake');
    await userEvent.keyboard('{Enter}');
    await chat.settle();
    expect(names(chat)).toEqual(['Cake', 'Where is my order?']);
    await userEvent.click(chat.findAll('.more')[0] as HTMLElement);
    await chat.settle();
    await userEvent.click(chat.findAll('.options .option')[3] as HTMLElement);
    await chat.settle();
    expect(names(chat)).toEqual(['Where is my order?']);
    expect(texts(chat)).toEqual([]);
    expect(storedKeys().filter((key) => key.startsWith('nova-chat|'))).toHaveLength(1);
    expect(chat.focused()).toBe(chat.find('.undo'));
    await userEvent.keyboard('{Enter}');
    await chat.settle();
    expect(names(chat)).toEqual(['Cake', 'Where is my order?']);
    expect(chat.focused()?.textContent).toContain('Cake');
    await userEvent.keyboard('{Enter}');
    await chat.settle();
    expect(texts(chat)).toEqual(['Do you sell cake?', 'We do, with cherries.']);
  });

  it('deletes all after a question, and nothing of it is left', async () => {
    const chat = await mountTwo();
    await userEvent.click(chat.find('.history-button'));
    await chat.settle();
    await userEvent.click(chat.find('.delete-all'));
    await chat.settle();
    expect(chat.focused()).toBe(chat.find('.foot .cancel'));
    await userEvent.click(chat.find('.foot .strong'));
    await chat.settle();
    expect(storedKeys()).toEqual([]);
    expect(texts(chat)).toEqual([]);
    expect(chat.findAll('.history-button')).toHaveLength(0);
    await exchange(chat, 'Again?', 'Yes.');
    expect(texts(chat)).toEqual(['Again?', 'Yes.']);
  });

  it('goes on in one that is not shown, says so, and both keep all of it', async () => {
    const chat = await mountTwo();
    const shownId = (): string => chat.find('.conversation.current .name').textContent ?? '';
    chat.chat.send('And bread?');
    await vi.waitUntil(() => chat.transport.inputs.length === 3);
    chat.transport.say('Yes, ');
    await chat.settle();
    await userEvent.click(chat.find('.history-button'));
    await chat.settle();
    expect(shownId()).toBe('Do you sell cake?');
    expect(chat.find('.conversation.current .state').textContent).toBe('Answering…');
    await userEvent.click(chat.findAll('.conversation .open')[1] as HTMLElement);
    await chat.settle();
    expect(texts(chat)).toEqual(['Where is my order?', 'On its way.']);
    const counts: number[] = [];
    chat.chat.addEventListener('nova-unread', ({ count }) => counts.push(count));
    chat.transport.say('of rye.');
    chat.transport.complete();
    await vi.waitUntil(() => counts.length > 0);
    await chat.settle();
    expect(counts).toEqual([1]);
    await userEvent.click(chat.find('.history-button'));
    await chat.settle();
    expect(chat.findAll('.conversation .state')[0]?.textContent).toContain('1 new answer');
    await userEvent.click(chat.findAll('.conversation .open')[0] as HTMLElement);
    await chat.settle();
    expect(texts(chat).slice(2)).toEqual(['And bread?', 'Yes, of rye.']);
    expect(counts).toEqual([1, 0]);
  });

  it('takes a deletion of what is being answered seriously', async () => {
    const chat = await mountTwo();
    chat.chat.send('And bread?');
    await vi.waitUntil(() => chat.transport.inputs.length === 3);
    chat.transport.say('Yes, ');
    await chat.settle();
    deleteConversations(chat.chat);
    await chat.settle();
    expect(chat.transport.stops).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(storedKeys()).toEqual([]);
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

describe('the badge at the launcher', () => {
  it('counts answers that ended while the panel was closed', async () => {
    const chat = await mount();
    await exchange(chat, 'Why?', 'So.');
    expect(chat.findAll('.unread')).toHaveLength(0);
    chat.chat.hide();
    const counts: number[] = [];
    chat.chat.addEventListener('nova-unread', ({ count }) => counts.push(count));
    await exchange(chat, 'How?', 'Thus.');
    await exchange(chat, 'When?', 'Now.');
    expect(chat.find('.unread').textContent).toBe('2');
    const launcher = chat.find('.launcher');
    expect(chat.find(`#${launcher.getAttribute('aria-describedby')}`).textContent).toContain('2 new answers');
    chat.chat.show();
    await chat.settle();
    expect(chat.findAll('.unread')).toHaveLength(0);
    expect(counts).toEqual([1, 2, 0]);
  });

  it('counts the first answer too, which ended before it was loaded', async () => {
    const chat = await mount({ open: false, persist: '' });
    const counts: number[] = [];
    chat.chat.addEventListener('nova-unread', ({ count }) => counts.push(count));
    chat.chat.send('Why?');
    await chat.settle();
    chat.transport.say('So.');
    chat.transport.complete();
    await vi.waitUntil(() => chat.findAll('.unread').length > 0);
    expect(counts).toEqual([1]);
  });
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

describe('the list and the badge', () => {
  it.each([
    ['light', 'ltr'],
    ['dark', 'ltr'],
    ['light', 'rtl'],
  ] as const)('have nothing that axe finds, %s and %s', async (theme, dir) => {
    document.documentElement.dir = dir;
    const chat = await mount({ theme });
    for (const question of ['Why?', 'How?', 'When?']) {
      newConversation(chat.chat);
      await exchange(chat, question, 'So.');
    }
    await userEvent.click(chat.find('.history-button'));
    await chat.settle();
    expect(await axeViolations(chat.chat)).toEqual([]);
    await userEvent.click(chat.findAll('.more')[1] as HTMLElement);
    await userEvent.click(chat.find('.delete-all'));
    await chat.settle();
    expect(await axeViolations(chat.chat)).toEqual([]);
    await userEvent.click(chat.findAll('.options .option')[0] as HTMLElement);
    await chat.settle();
    expect(await axeViolations(chat.chat)).toEqual([]);
    chat.chat.hide();
    await exchange(chat, 'And?', 'So.');
    expect(chat.findAll('.unread')).toHaveLength(1);
    expect(await axeViolations(chat.chat)).toEqual([]);
    document.documentElement.dir = '';
  });

  it('hold 50 conversations, each with buttons of a good size', async () => {
    for (let index = 0; index < 60; index += 1) {
      const id = `c${index}`;
      const message = createMessage({
        id: 'q',
        role: 'user',
        status: 'complete',
        createdAt: 1,
        text: `Question ${index}`,
      });
      const tree = [{ message, parentId: null, isShown: true }];
      const head = {
        id,
        title: `Question ${index}`,
        isNamed: false,
        createdAt: 1,
        updatedAt: index,
        unread: 0,
        isLive: false,
      };
      sessionStorage.setItem(`nova-chat|||${id}`, encodeConversation({ ...head, tree, live: undefined }));
    }
    const chat = await mount();
    await exchange(chat, 'One more?', 'Yes.');
    await userEvent.click(chat.find('.history-button'));
    await chat.settle();
    expect(chat.findAll('.conversation')).toHaveLength(50);
    for (const button of chat.findAll('.conversations button')) {
      const { width, height } = button.getBoundingClientRect();
      expect(Math.min(width, height)).toBeGreaterThanOrEqual(24);
    }
    const { clientWidth, scrollWidth } = chat.find('.conversations');
    expect(scrollWidth).toBe(clientWidth);
  });
});

describe('a thousand mounts', () => {
  it('leave no listener, no channel and no lock behind', async () => {
    const open = new Set<unknown>();
    let listeners = 0;
    const { addEventListener: add, removeEventListener: remove } = EventTarget.prototype;
    const isOutside = (target: unknown): boolean => target === window || target === document || target === undefined;
    vi.spyOn(EventTarget.prototype, 'addEventListener').mockImplementation(function (this: EventTarget, ...rest) {
      if (isOutside(this)) listeners += 1;
      return add.apply(this, rest);
    });
    vi.spyOn(EventTarget.prototype, 'removeEventListener').mockImplementation(function (this: EventTarget, ...rest) {
      if (isOutside(this)) listeners -= 1;
      return remove.apply(this, rest);
    });
    const Channel = globalThis.BroadcastChannel;
    vi.stubGlobal(
      'BroadcastChannel',
      class extends Channel {
        constructor(name: string) {
          super(name);
          open.add(this);
        }
        override close(): void {
          open.delete(this);
          super.close();
        }
      },
    );
    await exchange(await mount({ persist: 'local' }), 'Why?', 'So.');
    mounted?.unmount();
    await Promise.resolve();
    const before = listeners;
    for (let count = 0; count < 1000; count += 1) {
      const chat = Object.assign(document.createElement('nova-chat'), {
        client: { send: () => ({ async *[Symbol.asyncIterator]() {}, stop() {} }) },
        persist: 'local' as const,
      });
      document.body.append(chat);
      // The feature arrives by microtasks, as its module is there already.
      if (count % 50 === 0) await vi.waitUntil(() => chat.conversation.getState().messages.length === 2);
      chat.remove();
    }
    await expect.poll(() => open.size).toBe(0);
    await expect.poll(() => listeners).toBe(before);
    await expect.poll(async () => (await navigator.locks.query()).held).toEqual([]);
    vi.unstubAllGlobals();
  });
});
