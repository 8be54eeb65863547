import { describe, expect, it } from 'vitest';
import { createConversation, lastMessage } from '../conversation/index.js';
import { createClient, type NovaClient } from '../create-client.js';
import type { ChatCompletion } from '../protocol/index.js';
import { jsonAnswer, openClient, question } from '../test-support/open-client.js';
import { sseAnswer } from '../test-support/sse-text.js';
import { createScriptedTransport } from '../testing/create-scripted-transport.js';

function connect(body: string): NovaClient {
  const transport = createScriptedTransport(() => ({ headers: { 'content-type': 'application/json' }, body: [body] }));
  return createClient({ baseUrl: 'http://nova.test/', transport, retry: { delays: [] } });
}

const message = { role: 'assistant', content: null, refusal: null };
const call = { type: 'function', function: { name: 'f', arguments: '{"a":1}' } };

it('needs no this, so that a conversation can ask it', async () => {
  const { stream } = openClient([{ body: [sseAnswer('So.')] }]).nova.chat;
  const conversation = createConversation({ transport: { send: stream } });
  conversation.send('Why?');
  await expect.poll(() => lastMessage(conversation.getState())).toMatchObject({ text: 'So.', status: 'complete' });
});

describe('a whole answer of a loose server', () => {
  it.each<[string, string, object[]]>([
    ['no role', '{"choices":[{"message":{"content":"a"}}]}', [{ message: { ...message, content: 'a' } }]],
    [
      'content in parts',
      '{"choices":[{"message":{"content":[{"type":"text","text":"a"},{"text":"b"}]}}]}',
      [{ message: { ...message, content: 'ab' } }],
    ],
    ['null for its content', '{"choices":[{"message":{"content":null}}]}', [{ message }]],
    ['no index', '{"choices":[{"message":{"content":"a"}},{"message":{"content":"b"}}]}', [{ index: 0 }, { index: 1 }]],
    ['an index of text', '{"choices":[{"index":"0","message":{}}]}', [{ index: 0 }]],
    ['a number for its finish_reason', '{"choices":[{"message":{},"finish_reason":1}]}', [{ finish_reason: null }]],
    ['null among its choices', '{"choices":[null,{"index":0,"message":{"content":"a"}}]}', [{ index: 0 }]],
    [
      'a tool call without id and type, its arguments an object',
      '{"choices":[{"message":{"tool_calls":[{"function":{"name":"f","arguments":{"a":1}}},null]}}]}',
      [{ message: { ...message, tool_calls: [{ ...call, id: 'call_0' }] } }],
    ],
    [
      'a number as the id of a tool call',
      '{"choices":[{"message":{"tool_calls":[{"id":7,"function":{"name":"f","arguments":"{\\"a\\":1}"}}]}}]}',
      [{ message: { ...message, tool_calls: [{ ...call, id: '7' }] } }],
    ],
    [
      'reasoning under its other name',
      '{"choices":[{"message":{"content":"a","reasoning":"hm"}}]}',
      [{ message: { ...message, content: 'a', reasoning: 'hm', reasoning_content: 'hm' } }],
    ],
    [
      'members that nobody knows',
      '{"choices":[{"own":1,"message":{"content":"a","shiny":{"new":true}}}]}',
      [{ own: 1, message: { ...message, content: 'a', shiny: { new: true } } }],
    ],
    [
      'a prototype',
      '{"__proto__":{"x":1},"choices":[{"__proto__":{"x":1},"message":{"__proto__":{"x":1},"content":"a"}}]}',
      [{ message: { ...message, content: 'a' } }],
    ],
  ])('that has %s is put right, the same with create and with stream', async (_, body, choices) => {
    const nova = connect(body);
    const created = await nova.chat.create(question);
    const { completion, outcome, transport } = await nova.chat.stream(question).result();
    expect([outcome, transport]).toEqual(['complete', 'json']);
    expect(created).toEqual(completion);
    expect(created.choices).toHaveLength(choices.length);
    expect(created.choices).toMatchObject(choices);
    for (const held of [created, created.choices[0], created.choices[0]?.message] as object[]) {
      expect(Object.getOwnPropertyNames(held)).not.toContain('__proto__');
    }
    expect(Object.getPrototypeOf({ ...created })).toBe(Object.prototype);
  });

  it('keeps what it says beside its choices', async () => {
    const rest = { id: 'c1', created: 5, model: 'm', usage: { prompt_tokens: 1 }, own: [1], nova: { provider: 'p' } };
    const created = await connect(JSON.stringify({ ...rest, choices: [{ message: {} }] })).chat.create(question);
    expect(created).toMatchObject({ ...rest, object: 'chat.completion' } satisfies Partial<
      Record<keyof ChatCompletion, unknown>
    >);
  });

  it.each<[string, string, object]>([
    [
      'an error with a number as its code',
      '{"error":{"code":502,"message":"secret"}}',
      { code: 'stream_error', body: { code: '502', type: 'api_error', param: null } },
    ],
    ['an error that is text', '{"error":"secret"}', { code: 'stream_error', body: { message: 'secret' } }],
    ['no choices', '{"choices":[]}', { code: 'invalid_response' }],
    ['choices without messages', '{"choices":[{"text":"secret"}]}', { code: 'invalid_response' }],
    ['choices that are none', '{"choices":["secret"]}', { code: 'invalid_response' }],
    ['a list', '["secret"]', { code: 'invalid_response' }],
    ['null', 'null', { code: 'invalid_response' }],
  ])('that has %s is refused', async (_, body, expected) => {
    const error = await connect(body)
      .chat.create(question)
      .catch((failure: unknown) => failure);
    expect(error).toMatchObject({ name: 'NovaError', ...expected });
    expect(String(error)).not.toContain('secret');
  });
});

it('takes a whole answer that is longer than an event may be', { timeout: 30_000 }, async () => {
  const content = 'x'.repeat(9 * 1024 * 1024);
  const nova = connect(JSON.stringify({ choices: [{ message: { content }, finish_reason: 'stop' }] }));
  expect((await nova.chat.create(question)).choices[0]?.message.content).toHaveLength(content.length);
  const { outcome, text } = await nova.chat.stream(question).result();
  expect([outcome, text.length]).toEqual(['complete', content.length]);
});

describe('a request that JSON cannot hold', () => {
  const circle: Record<string, unknown> = { messages: [] };
  circle['self'] = circle;
  const nova = connect('{}');
  const refused = { code: 'invalid_option', retryable: false };

  it.each<[string, () => Promise<unknown>]>([
    ['chat.create', () => nova.chat.create(circle as never)],
    ['post', () => nova.post('/x', circle)],
    ['postStream', () => nova.postStream('/x', circle).next()],
  ])('is told from a server that cannot be reached by %s', async (_name, ask) => {
    await expect(ask()).rejects.toMatchObject(refused);
    await expect(ask()).rejects.toThrow(/^The request is no JSON: .*circular/);
  });

  it('is the outcome of a stream', async () => {
    const { outcome, error } = await nova.chat.stream(circle as never).result();
    expect({ outcome, error }).toMatchObject({ outcome: 'failed', error: refused });
  });
});

describe('chat.create', () => {
  it('asks for a whole answer', async () => {
    const { nova, requests } = openClient([
      jsonAnswer({ id: 'c', choices: [{ index: 0, message: { content: 'a' } }] }),
    ]);
    expect((await nova.chat.create(question)).choices[0]?.message.content).toBe('a');
    expect(JSON.parse(requests[0]?.body ?? '')).toEqual({ ...question, stream: false });
  });

  it('rejects an error with status 200, and nothing of it but its code is in the message', async () => {
    const { nova } = openClient([jsonAnswer({ error: { message: 'secret', code: 'x' } })], { retry: { delays: [] } });
    const error = await nova.chat.create(question).catch((failure: unknown) => failure);
    expect(error).toMatchObject({ name: 'NovaError', code: 'stream_error', body: { message: 'secret' } });
    expect(String(error)).not.toContain('secret');
  });

  it('rejects JSON that is no completion', async () => {
    const { nova } = openClient([jsonAnswer({ login: 'please' })]);
    await expect(nova.chat.create(question)).rejects.toMatchObject({ code: 'invalid_response' });
  });
});
