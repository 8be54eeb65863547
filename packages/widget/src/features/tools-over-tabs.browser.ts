import { lastMessage } from '@nova-chat/client/conversation';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openTab, type Tab } from './history/testing/open-tab.js';
import { ask, begin, end, server, shared } from './history/testing/remembered-tabs.js';
import { createFeature } from './tools/tools.js';

beforeEach(begin);
afterEach(end);

const untilSaid = (tab: Tab, text: string): Promise<void> =>
  expect.poll(() => tab.texts().at(-1), { interval: 5 }).toBe(text);

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
