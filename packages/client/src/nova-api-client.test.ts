import { describe, expect, it } from 'vitest';
import { NovaAPIClient } from './nova-api-client.js';
import { jsonAnswer } from './test-support/open-client.js';
import { sseAnswer, sseChunk } from './test-support/sse-text.js';
import { createScriptedTransport } from './testing/create-scripted-transport.js';

describe('NovaAPIClient', () => {
  it('gets, posts and streams with the client header', async () => {
    const transport = createScriptedTransport([
      jsonAnswer({ a: 1 }),
      jsonAnswer({ b: 2 }),
      { body: [sseAnswer('a b')] },
    ]);
    const api = new NovaAPIClient('http://nova.test', 'page', { transport });
    expect(await api.get('/a', { timeout: 10_000 })).toEqual({ a: 1 });
    expect(await api.post('/b', {})).toEqual({ b: 2 });
    const seen: unknown[] = [];
    const chunks = await api.postStream('/c', {}, { timeout: 120_000, onChunk: (chunk) => seen.push(chunk) });
    expect(chunks).toHaveLength(4);
    expect(seen).toEqual(chunks);
    expect(transport.requests.map(({ headers }) => headers['x-client'])).toEqual(['page', 'page', 'page']);
  });

  it.each<[Record<string, unknown>, string]>([
    [{ headers: { authorization: 'Bearer k' } }, 'headers is no option; there are timeout, signal'],
    [{ timeoutMs: 5 }, 'timeoutMs is no option; there are timeout, signal'],
    [{ timeout: '5' }, 'timeout must be a number of milliseconds above 0'],
    [{ signal: {} }, 'signal must be an AbortSignal'],
  ])('refuses the options %j, and sends nothing', async (options, message) => {
    const transport = createScriptedTransport([]);
    const api = new NovaAPIClient('http://nova.test', 'page', { transport });
    const refused = { code: 'invalid_option', message: expect.stringContaining(message) };
    await expect(api.get('/a', options)).rejects.toMatchObject(refused);
    await expect(api.post('/a', {}, options)).rejects.toMatchObject(refused);
    await expect(api.postStream('/a', {}, options)).rejects.toMatchObject(refused);
    expect(transport.requests).toHaveLength(0);
  });

  it.each([null, 5, 'x'])('refuses the options %j', async (options) => {
    const api = new NovaAPIClient('http://nova.test', 'page', { transport: createScriptedTransport([]) });
    const refused = { code: 'invalid_option', message: 'Option options must be an object.' };
    await expect(api.get('/a', options as never)).rejects.toMatchObject(refused);
  });

  it('refuses an onChunk that is none, and one where nothing is streamed', async () => {
    const api = new NovaAPIClient('http://nova.test', 'page', { transport: createScriptedTransport([]) });
    const refuse = (message: string): object => ({ code: 'invalid_option', message: expect.stringContaining(message) });
    const wrong = { onChunk: 5 } as never;
    await expect(api.postStream('/a', {}, wrong)).rejects.toMatchObject(refuse('onChunk must be a function'));
    await expect(api.get('/a', { onChunk() {} } as never)).rejects.toMatchObject(refuse('onChunk is no option'));
  });

  it('takes one piece from a server that cannot stream', async () => {
    const transport = createScriptedTransport([{ status: 501 }, jsonAnswer({ whole: true })]);
    const chunks = await new NovaAPIClient('', 'page', { transport }).postStream('/c', { stream: true });
    expect(chunks).toEqual([{ whole: true }]);
    expect(transport.requests.map(({ body }) => body)).toEqual(['{"stream":true}', '{"stream":false}']);
  });

  it('rejects with what broke off, after all that came', async () => {
    const transport = createScriptedTransport([{ body: [sseChunk({ content: 'a' }), sseChunk({ content: 'b' })] }]);
    const seen: unknown[] = [];
    const call = new NovaAPIClient('http://nova.test', 'page', { transport }).postStream(
      '/v1/chat/completions',
      { stream: true },
      { timeout: 120_000, onChunk: (chunk) => seen.push(chunk) },
    );
    await expect(call).rejects.toMatchObject({ name: 'NovaError', code: 'stream_truncated' });
    expect(seen).toHaveLength(2);
  });
});
