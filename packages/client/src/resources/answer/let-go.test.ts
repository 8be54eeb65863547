import { getEventListeners } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import { createChat } from '../../create-chat.js';
import { createClient, type NovaClient } from '../../create-client.js';
import { question } from '../../test-support/open-client.js';
import { startTcpServer } from '../../test-support/start-tcp-server.js';
import { createScriptedTransport } from '../../testing/create-scripted-transport.js';
import { createPool } from '../../transport/create-pool.js';
import type { Transport } from '../../transport/transport.js';

const head = (length: number): string =>
  `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n\r\n`;

describe('an answer that comes after the abort', () => {
  const calls: [string, (transport: Transport, signal: AbortSignal) => Promise<unknown>][] = [
    ['get', (transport, signal) => open(transport).get('/x', { signal })],
    ['chat.create', (transport, signal) => open(transport).chat.create(question, { signal })],
    ['chat.stream', (transport, signal) => open(transport).chat.stream(question, { signal }).result()],
    ['postStream', (transport, signal) => open(transport).postStream('/x', {}, { signal }).next()],
    [
      'createChat',
      async (transport, signal) => {
        const answer = createChat({ baseUrl: 'http://nova.test', transport }).stream(question, { signal });
        for await (const _ of answer);
      },
    ],
  ];
  const open = (transport: Transport): NovaClient => createClient({ baseUrl: 'http://nova.test', transport });

  it.each(calls)('is let go of: %s', async (_, call) => {
    const gate = Promise.withResolvers<void>();
    const asked = Promise.withResolvers<void>();
    const cancel = vi.fn<() => void>();
    const scripted = createScriptedTransport([{ body: [{ stall: true }] }]);
    const transport: Transport = {
      // Never hears of an abort, as some functions in the place of `fetch` do.
      async send({ signal: _, ...request }) {
        asked.resolve();
        await gate.promise;
        return { ...(await scripted.send(request)), cancel };
      },
    };
    const controller = new AbortController();
    const ended = call(transport, controller.signal).catch((error: unknown) => error);
    await asked.promise;
    controller.abort();
    await ended;
    expect(cancel).not.toHaveBeenCalled();
    gate.resolve();
    await vi.waitFor(() => expect(cancel).toHaveBeenCalledOnce());
  });

  it('has its socket closed', async () => {
    const closed = Promise.withResolvers<void>();
    const asked = Promise.withResolvers<() => void>();
    await using server = await startTcpServer((socket) => {
      socket.on('close', () => closed.resolve());
      asked.resolve(() => socket.write(head(1_000)));
    });
    const deaf: typeof fetch = (input, init) => fetch(input, { ...init, signal: null });
    const controller = new AbortController();
    const nova = createClient({ baseUrl: server.url, fetch: deaf });
    const call = nova.get('/x', { signal: controller.signal });
    const answer = await asked.promise;
    controller.abort();
    await expect(call).rejects.toMatchObject({ code: 'aborted' });
    answer();
    await closed.promise;
  });
});

describe('a JSON answer whose bytes stop coming', () => {
  it.each<[string, (nova: NovaClient) => Promise<unknown>]>([
    ['get', (nova) => nova.get('/x')],
    ['post', (nova) => nova.post('/x', {})],
    ['chat.create', (nova) => nova.chat.create(question)],
  ])('fails with idle_timeout, and its socket is closed: %s', async (_, call) => {
    await using server = await startTcpServer((socket) => void socket.write(`${head(1_000)}{"a":`));
    const pool = createPool();
    const options = { baseUrl: server.url, retry: { delays: [] }, timeouts: { idleMs: 50 } };
    for (const transport of [{ transport: pool }, {}]) {
      const failed = call(createClient({ ...options, ...transport }));
      await expect(failed).rejects.toMatchObject({ code: 'idle_timeout', retryable: true });
      await expect.poll(() => server.open.size).toBe(0);
    }
    await pool.close();
  });

  it('fails when nothing comes after the headers, and may take long when something does', async () => {
    const slow = [...'{"choices":[{"message":{"content":"slow"}}]}'].flatMap((text) => [text, { waitMs: 10 }]);
    const headers = { 'content-type': 'application/json' };
    const transport = createScriptedTransport([
      { headers, body: [{ stall: true }] },
      { headers, body: slow },
    ]);
    const timeouts = { idleMs: 200 };
    const nova = createClient({ baseUrl: 'http://nova.test', transport, retry: { delays: [] }, timeouts });
    await expect(nova.chat.create(question)).rejects.toMatchObject({ code: 'idle_timeout' });
    expect((await nova.chat.create(question)).choices[0]?.message.content).toBe('slow');
  });
});

it('leaves no listener on a signal after 1,000 calls of each kind', async () => {
  const transport = createScriptedTransport(({ method }) =>
    method === 'GET'
      ? { headers: { 'content-type': 'application/json' }, body: ['{}'] }
      : { body: ['data: {"choices":[{"delta":{"content":"a"},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n'] },
  );
  const nova = createClient({ baseUrl: 'http://nova.test', transport });
  const { signal } = new AbortController();
  for (let count = 0; count < 1_000; count++) {
    await nova.get('/x', { signal });
    expect((await nova.chat.stream(question, { signal }).result()).outcome).toBe('complete');
    for await (const _ of nova.postStream('/x', {}, { signal }));
    for await (const { type } of nova.chat.stream(question, { signal })) if (type === 'text-delta') break;
  }
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});
