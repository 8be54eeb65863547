import { branchesOf, createSafeStorage, lastMessage } from '@nova-chat/client/conversation';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RememberingServer } from '../../testing/remembering-server.js';
import { createFeature } from '../tools/tools.js';
import { closeTabs, openTab, type Tab, type TabOptions } from './testing/open-tab.js';

let server: RememberingServer;
let shared: Pick<TabOptions, 'storage' | 'name'>;

beforeEach(() => {
  server = new RememberingServer();
  vi.stubGlobal('fetch', server.fetch);
  shared = { storage: createSafeStorage(), name: `tabs|${crypto.randomUUID()}|` };
});
afterEach(() => {
  closeTabs();
  vi.unstubAllGlobals();
});

async function ask(tab: Tab, question: string): Promise<void> {
  const before = server.asked.length;
  expect(tab.conversation.send(question)).toBe(true);
  await vi.waitUntil(() => server.asked.length > before);
}
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

describe('a tool of the page', () => {
  const run = vi.fn(() => 'Ordered.');
  const withTool = { tools: [{ name: 'order', auto: true, run }], createFeature };
  const told = (tab: Tab) => lastMessage(tab.conversation.getState())?.toolSteps.map(({ status }) => status);
  /** The model calls it, it has run, and no answer to that has come. */
  async function order(tab: Tab): Promise<void> {
    await ask(tab, 'Order.');
    server.say('Let me order. ');
    await untilSaid(tab, 'Let me order. ');
    const answered = Promise.withResolvers<void>();
    server.gate = answered.promise;
    server.call('order', '{}');
    await vi.waitUntil(() => server.asked.length === 2);
  }
  beforeEach(() => run.mockClear());

  it('that has run does not run again when its tab dies', async () => {
    const [one, other] = [openTab({ ...shared, ...withTool }), openTab({ ...shared, ...withTool })];
    await order(one);
    one.crash();
    await expect.poll(() => other.status()).toBe('truncated');
    expect(run).toHaveBeenCalledOnce();
    expect(other.texts()).toEqual(['Order.', 'Let me order. ']);
    expect(told(other)).toEqual(['done']);
  });

  it('that is called where the page has not given it yet ends the answer as one that broke off', async () => {
    const [one, other] = [openTab({ ...shared, ...withTool }), openTab({ ...shared, createFeature })];
    await ask(one, 'Order.');
    server.say('Let me order. ');
    await untilSaid(other, 'Let me order. ');
    one.crash();
    server.call('order', '{}');
    await expect.poll(() => other.status()).toBe('truncated');
    expect(other.texts()).toEqual(['Order.', 'Let me order. ']);
    expect(run).not.toHaveBeenCalled();
  });

  it('that has run does not run again after a reload, and has run as far as the archive knows', async () => {
    const one = openTab({ ...shared, ...withTool });
    let stored = '';
    run.mockImplementationOnce(() => {
      stored = shared.storage.get(shared.name + one.thread.id) ?? '';
      return 'Ordered.';
    });
    await order(one);
    expect(stored).toContain('"running"');
    shared.storage.set(shared.name + one.thread.id, stored);
    one.crash();
    const next = openTab({ ...shared, ...withTool });
    const thread = next.threads.open(one.thread.id);
    await expect.poll(() => thread && lastMessage(thread.conversation.getState())?.status).toBe('truncated');
    expect(run).toHaveBeenCalledOnce();
    // The model hears of it when the visitor asks again.
    server.gate = undefined;
    expect(thread?.conversation.retry()).toBe(true);
    await vi.waitUntil(() => server.asked.length === 3);
    expect(server.asked[2]?.messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'tool']);
    expect(server.asked[2]?.messages.at(-1)?.content).toContain('may have taken effect');
  });

  it('tells what it gave when the answer behind it is asked for again', async () => {
    const one = openTab({ ...shared, ...withTool });
    await order(one);
    one.conversation.stop();
    server.gate = undefined;
    expect(one.conversation.retry()).toBe(true);
    await vi.waitUntil(() => server.asked.length === 3);
    expect(server.asked[2]?.messages).toEqual([
      { role: 'user', content: 'Order.' },
      {
        role: 'assistant',
        content: null,
        tool_calls: [{ id: 'call-1', type: 'function', function: { name: 'order', arguments: '{}' } }],
      },
      { role: 'tool', tool_call_id: 'call-1', content: 'Ordered.' },
    ]);
    server.say('It is ordered.');
    server.complete();
    await expect.poll(() => one.status()).toBe('complete');
    expect(told(one)).toEqual(['done']);
    expect(run).toHaveBeenCalledOnce();
  });

  it('is still known to the model when the answer behind it went on in another tab', async () => {
    const [one, other] = [openTab({ ...shared, ...withTool }), openTab({ ...shared, ...withTool })];
    await ask(one, 'Order.');
    server.call('order', '{"of":1}');
    await vi.waitUntil(() => server.asked.length === 2);
    server.say('And ');
    await untilSaid(other, 'And ');
    one.crash();
    server.say('another one. ');
    await untilSaid(other, 'And another one. ');
    server.call('order', '{"of":2}');
    await vi.waitUntil(() => server.asked.length === 3);
    server.say('Done.');
    server.complete();
    await expect.poll(() => other.status()).toBe('complete');
    expect(run.mock.calls).toHaveLength(2);
    const ids = server.asked[2]?.messages.flatMap((message) => ('tool_call_id' in message ? message.tool_call_id : []));
    expect(ids).toEqual(['call-1', 'call-2']);
  });
});
