import { describe, expect, it } from 'vitest';
import { createClient } from '../create-client.js';
import { openClient } from '../test-support/open-client.js';
import { sseAnswer, sseChunk } from '../test-support/sse-text.js';
import { sseHead, startTcpServer } from '../test-support/start-tcp-server.js';
import type { ScriptedAnswer } from '../testing/create-scripted-transport.js';
import { createPool } from '../transport/create-pool.js';
import type { StreamedMessage } from './post-stream.js';

const broken = { error: new Error('reset') };
const headers = { 'content-type': 'text/event-stream', 'x-request-id': 'r1' };

async function read(messages: AsyncIterable<StreamedMessage>): Promise<{ data: string[]; error: unknown }> {
  const data: string[] = [];
  try {
    for await (const message of messages) data.push(message.data);
    return { data, error: undefined };
  } catch (error) {
    return { data, error };
  }
}

describe('postStream', () => {
  it.each<[string, unknown, unknown]>([
    [
      'the options of a stream',
      { stream: true, stream_options: { include_usage: true }, q: 1 },
      { stream: false, q: 1 },
    ],
    ['no word of streams', { q: 1 }, { stream: false, q: 1 }],
  ])('asks a server that refuses to stream once more, with a body that had %s', async (_, body, plain) => {
    const json = { headers: { 'content-type': 'application/json' }, body: ['{"whole":true}'] };
    const { nova, requests } = openClient([{ status: 501 }, json]);
    expect(await read(nova.postStream('/x', body))).toEqual({ data: ['{"whole":true}'], error: undefined });
    expect(requests.map((request) => JSON.parse(request.body ?? ''))).toEqual([body, plain]);
    expect(requests.map((request) => request.headers['accept'])).toEqual([
      'text/event-stream, application/x-ndjson, application/json',
      'application/json',
    ]);
  });

  it.each([[[{ q: 1 }, 2]], ['text'], [7], [null]])('never asks in another way with %j as its body', async (body) => {
    const { nova, requests } = openClient([{ status: 405 }]);
    expect((await read(nova.postStream('/x', body))).error).toMatchObject({ code: 'http_error', status: 405 });
    expect(requests.map((request) => JSON.parse(request.body ?? ''))).toEqual([body]);
  });

  it.each<[string, ScriptedAnswer]>([
    ['is an error', { body: ['data: {"error":{"type":"overloaded_error","message":"x"}}\n\n'] }],
    ['breaks before it', { body: [': hi\n\n', broken] }],
    ['does not come', { body: [] }],
    ['is awaited in vain', { body: [{ stall: true }] }],
  ])('asks again when the first message %s', async (_, first) => {
    const { nova, requests } = openClient([first, { body: ['data: 1\n\n'] }]);
    const messages = nova.postStream('/x', {}, { timeouts: { firstEventMs: 30 }, idempotencyKey: true });
    expect(await read(messages)).toEqual({ data: ['1'], error: undefined });
    expect(requests).toHaveLength(2);
    expect(requests[1]?.headers).toEqual(requests[0]?.headers);
  });

  it.each<[string, readonly (string | typeof broken)[], string, object]>([
    ['an error', ['data: 1\n\n', 'data: {"error":{"type":"overloaded_error"}}\n\n'], '1', { code: 'stream_error' }],
    ['a break', ['data: 1\n\n', broken], '1', { code: 'stream_interrupted' }],
  ])('does not ask again after the first message, but throws %s', async (_, body, data, expected) => {
    const { nova, requests } = openClient([{ headers, body }]);
    const { data: seen, error } = await read(nova.postStream('/x', {}));
    expect(seen).toEqual([data]);
    expect(error).toMatchObject({ ...expected, name: 'NovaError', attempts: 1, requestId: 'r1' });
    expect(requests).toHaveLength(1);
  });

  it.each<[string, string[], object | undefined]>([
    ['a chat that ends with [DONE]', [sseAnswer('a')], undefined],
    [
      'a chat that ends with its finish_reason',
      [sseChunk({ content: 'a' }), sseChunk({}, { finish_reason: 'stop' })],
      undefined,
    ],
    ['a chat that is cut', [sseChunk({ content: 'a' })], { code: 'stream_truncated' }],
    ['a whole completion', ['data: {"choices":[{"message":{"content":"a"}}]}\n\n'], undefined],
    ['messages of another kind', ['data: {"step":1}\n\ndata: {"step":2}\n\n'], undefined],
    ['text', ['data: one\n\ndata: two\n\n'], undefined],
    ['nothing', [], { code: 'stream_truncated' }],
  ])('tells whether %s is whole', async (_, body, expected) => {
    const { nova } = openClient([{ body }], { retry: { delays: [] } });
    const { error } = await read(nova.postStream('/x', {}));
    if (expected) expect(error).toMatchObject(expected);
    else expect(error).toBeUndefined();
  });

  it('knows how many choices a chat was asked for', async () => {
    const body = [sseChunk({ content: 'a' }, { finish_reason: 'stop' })];
    const { nova } = openClient(() => ({ body }));
    expect((await read(nova.postStream('/x', { n: 2 }))).error).toMatchObject({ code: 'stream_truncated' });
    expect((await read(nova.postStream('/x', { n: 1 }))).error).toBeUndefined();
  });

  it('refuses to be resumed, which only a chat can be', async () => {
    const { nova, requests } = openClient([]);
    const options = { resume: 60 } as object;
    expect((await read(nova.postStream('/x', {}, options))).error).toMatchObject({ code: 'invalid_option' });
    expect(requests).toHaveLength(0);
  });

  it.each(['fetch', 'pool'])('closes its connection over %s when its reader leaves', async (kind) => {
    await using server = await startTcpServer((socket) => void socket.write(`${sseHead}data: 1\n\ndata: 2\n\n`));
    const pool = createPool();
    const nova = createClient({ baseUrl: server.url, ...(kind === 'pool' && { transport: pool }) });
    for await (const _ of nova.postStream('/x', {})) break;
    await expect.poll(() => server.open.size).toBe(0);
    const controller = new AbortController();
    const { error } = await read(
      (async function* () {
        for await (const message of nova.postStream('/x', {}, { signal: controller.signal })) {
          yield message;
          controller.abort();
        }
      })(),
    );
    expect(error).toMatchObject({ code: 'aborted' });
    await expect.poll(() => server.open.size).toBe(0);
    await pool.close();
  });

  it('gives its connection back after [DONE]', async () => {
    const body = 'data: 1\n\ndata: [DONE]\n\n: bye\n\n';
    const head = `HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncontent-length: ${body.length}\r\n\r\n`;
    await using server = await startTcpServer((socket) => {
      socket.write(head + body.slice(0, -7));
      setTimeout(() => socket.write(body.slice(-7)), 20);
    });
    const pool = createPool();
    const nova = createClient({ baseUrl: server.url, transport: pool });
    for (let call = 0; call < 3; call++) {
      expect(await read(nova.postStream('/x', {}))).toEqual({ data: ['1'], error: undefined });
      await expect.poll(() => pool.stats().idle).toBe(1);
    }
    expect(server.opened()).toBe(1);
    await pool.close();
  });
});
