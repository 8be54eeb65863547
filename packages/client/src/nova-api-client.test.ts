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
