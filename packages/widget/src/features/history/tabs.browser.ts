import { branchesOf } from '@nova-chat/client/conversation';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openTab, type Tab } from './testing/open-tab.js';
import { ask, begin, end, server, shared } from './testing/remembered-tabs.js';

beforeEach(begin);
afterEach(end);

const untilSaid = (tab: Tab, text: string): Promise<void> =>
  expect.poll(() => tab.texts().at(-1), { interval: 5 }).toBe(text);

describe('a tab that mirrors', () => {
  it('says nothing twice when the one that streams dies, whatever the archive has of it', async () => {
    const [one, other] = [openTab(shared), openTab(shared)];
    await ask(one, 'Count.');
    server.say('one ');
    await untilSaid(other, 'one ');
    const [key = ''] = shared.storage.keys(shared.name);
    const stored = shared.storage.get(key) ?? '';
    expect(stored).toContain('one ');
    server.say('two ', 'three ');
    await untilSaid(other, 'one two three ');
    // It is stored less often than it is told.
    shared.storage.set(key, stored);
    one.crash();
    server.say('four ', 'five.');
    server.complete();
    await expect.poll(() => other.status()).toBe('complete');
    expect(other.texts()).toEqual(['Count.', 'one two three four five.']);
  });

  it('can put a question in other words, and it stays one conversation', async () => {
    const one = openTab(shared);
    const other = openTab({ ...shared, postMs: 60 });
    await ask(one, 'Count.');
    server.say('one ');
    await untilSaid(other, 'one ');
    const [question] = other.conversation.getState().messages;
    expect(branchesOf(other.conversation).edit(question?.id ?? '', () => other.conversation.send('Count down.'))).toBe(
      true,
    );
    await vi.waitUntil(() => server.asked.length === 2);
    server.say('three.');
    server.complete();
    await expect.poll(() => other.status()).toBe('complete');
    await untilSaid(one, 'three.');
    expect(one.texts()).toEqual(['Count down.', 'three.']);
    expect(other.threads.heads()).toHaveLength(1);
    expect(branchesOf(one.conversation).getTree()).toHaveLength(4);
  });

  it('puts all of a deleted answer back that had come', async () => {
    const [one, other] = [openTab(shared), openTab(shared)];
    await ask(one, 'Count.');
    server.say('one ');
    await untilSaid(other, 'one ');
    const removed = other.threads.remove(other.thread.id);
    await expect.poll(() => one.texts()).toEqual([]);
    const thread = removed && other.threads.open(other.threads.put(removed));
    expect(thread?.conversation.getState().messages.map(({ text, status }) => [text, status])).toEqual([
      ['Count.', 'complete'],
      ['one ', 'aborted'],
    ]);
    await expect.poll(() => one.threads.heads()).toHaveLength(1);
  });
});

describe('a tab that streams', () => {
  it.each([
    ['alone', 0],
    ['beside a tab that mirrors', 1],
  ])('can put a question in other words %s, and it stays one conversation', async (_name, count) => {
    const one = openTab(shared);
    const others = Array.from({ length: count }, () => openTab(shared));
    await ask(one, 'Count.');
    server.say('one ');
    for (const tab of [one, ...others]) await untilSaid(tab, 'one ');
    const [question] = one.conversation.getState().messages;
    expect(branchesOf(one.conversation).edit(question?.id ?? '', () => one.conversation.send('Count down.'))).toBe(
      true,
    );
    await vi.waitUntil(() => server.asked.length === 2);
    server.say('three.');
    server.complete();
    await expect.poll(() => one.status()).toBe('complete');
    for (const other of others) await expect.poll(() => other.texts()).toEqual(['Count down.', 'three.']);
    expect(one.threads.heads()).toHaveLength(1);
    expect(branchesOf(one.conversation).getTree()).toHaveLength(4);
  });

  it('can be asked on at the word that ends its answer', async () => {
    const [one, other] = [openTab(shared), openTab(shared)];
    await ask(one, 'Count.');
    server.say('one.');
    await untilSaid(other, 'one.');
    one.conversation.subscribe(({ messages, live }) => {
      if (!live && messages.length === 2) one.conversation.send('And down?');
    });
    server.complete();
    await vi.waitUntil(() => server.asked.length === 2);
    server.say('two.');
    await untilSaid(other, 'two.');
    expect(other.texts()).toEqual(['Count.', 'one.', 'And down?', 'two.']);
    expect(one.threads.heads()).toHaveLength(1);
  });
});

describe('a tab that wakes up', () => {
  it('removes nothing that has been put back', async () => {
    const [one, other] = [openTab(shared), openTab(shared)];
    await ask(one, 'Count.');
    server.say('one.');
    server.complete();
    await untilSaid(other, 'one.');
    await expect.poll(() => one.status()).toBe('complete');
    other.freeze();
    const removed = one.threads.remove(one.thread.id);
    const thread = removed && one.threads.open(one.threads.put(removed));
    expect(thread?.conversation.getState().messages).toHaveLength(2);
    // Messages between tabs take their time.
    await new Promise((resolve) => setTimeout(resolve, 100));
    other.thaw();
    expect(one.threads.heads()).toHaveLength(1);
    expect(other.threads.heads()).toHaveLength(1);
  });
});

describe('tabs that cannot take turns', () => {
  const openAlone = (): Tab => openTab({ ...shared, isShared: false });

  it('leave the answer of another one alone, and show it when it has ended', async () => {
    const [one, other] = [openAlone(), openAlone()];
    const catchUp = (): void => other.threads.catchUp(one.thread.id);
    await ask(one, 'Count.');
    catchUp();
    server.say('one.');
    await untilSaid(one, 'one.');
    server.complete();
    await expect.poll(() => one.status()).toBe('complete');
    catchUp();
    expect(other.texts()).toEqual([]);
    const opened = other.threads.open(one.thread.id);
    await ask(one, 'And down?');
    catchUp();
    server.say('two.');
    await untilSaid(one, 'two.');
    one.threads.storeLive();
    catchUp();
    expect(opened?.conversation.getState().live).toBeUndefined();
    server.complete();
    await expect.poll(() => one.status()).toBe('complete');
    catchUp();
    expect(opened?.conversation.getState().messages.map(({ text, status }) => [text, status])).toEqual([
      ['Count.', 'complete'],
      ['one.', 'complete'],
      ['And down?', 'complete'],
      ['two.', 'complete'],
    ]);
    expect(server.asked).toHaveLength(2);
  });
});
