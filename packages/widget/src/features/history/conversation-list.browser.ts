import { createMessage, encodeConversation } from '@nova-chat/client/conversation';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { axeViolations } from '../../testing/axe-violations.js';
import { type MountedChat, mountChat } from '../../testing/mount-chat.js';
import { beginAfresh, exchange, leave, mount, reload, storedKeys, texts } from '../../testing/mount-kept-chat.js';
import { deleteConversations, newConversation } from './history-commands.js';

beforeEach(beginAfresh);
afterEach(() => {
  leave();
  vi.restoreAllMocks();
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

  it('keeps the focus when another tab deletes what had it', async () => {
    leave();
    const chat = await mount({ persist: 'local' });
    const other = await mountChat({ persist: 'local' });
    await exchange(chat, 'Where is my order?', 'On its way.');
    await userEvent.click(chat.find('.history-button'));
    await chat.settle();
    expect(chat.focused()?.textContent).toContain('Where is my order?');
    deleteConversations(other.chat);
    await expect.poll(() => names(chat)).toEqual([]);
    await chat.settle();
    expect(chat.focused()).toBe(chat.find('.add'));
    await userEvent.keyboard('{Escape}');
    await chat.settle();
    expect(chat.findAll('.conversations')).toHaveLength(0);
    other.unmount();
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

  it('goes on to the input with a new conversation', async () => {
    const chat = await mountTwo();
    await userEvent.click(chat.find('.history-button'));
    await chat.settle();
    chat.find('.add').focus();
    await userEvent.keyboard('{Enter}');
    await chat.settle();
    expect(chat.findAll('.conversations')).toHaveLength(0);
    expect(texts(chat)).toEqual([]);
    expect(chat.focused()).toBe(chat.find('.composer textarea'));
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
    expect(chat.focused()).toBe(chat.find('.composer textarea'));
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
