import type { ServerResponse } from 'node:http';
import { createPool } from '@nova-chat/client/node';
import type { ChatChunk } from '@nova-chat/client/protocol';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { openStream, startUpstream, type Upstream } from '../../testing/start-upstream.js';
import type { Provider, ProviderChunk } from '../provider.js';
import type { VendorProviderOptions } from '../shared/create-vendor-provider.js';
import { createOpenAiProvider } from './openai-provider.js';

const pool = createPool();
let upstream: Upstream;
afterEach(() => upstream.stop());
afterAll(() => pool.close());

const timeouts = { headersMs: 5_000, firstEventMs: 5_000, idleMs: 5_000, totalMs: 20_000 };
const messages = [{ role: 'user' as const, content: 'hi' }];

async function startProvider(
  handle: (response: ServerResponse, index: number) => void,
  options: Partial<VendorProviderOptions> = {},
): Promise<Provider> {
  upstream = await startUpstream(handle);
  const { baseUrl } = upstream;
  return createOpenAiProvider({ baseUrl, apiKey: 'sk-canary-key', models: ['m'], pool, timeouts, ...options });
}

const call = { model: 'm', signal: new AbortController().signal, requestId: 'req_1' };

async function collect(batches: AsyncIterable<ProviderChunk[]>): Promise<{ chunks: ChatChunk[]; text: string }> {
  const all: ChatChunk[] = [];
  for await (const batch of batches) all.push(...batch.map(({ chunk }) => chunk));
  return { chunks: all, text: all.map((chunk) => chunk.choices[0]?.delta.content ?? '').join('') };
}

const data = (value: unknown): string => `data: ${JSON.stringify(value)}\n\n`;
const delta = (content: string): unknown => ({
  id: 'c',
  choices: [{ index: 0, delta: { content }, finish_reason: null }],
});
const finish = { id: 'c', choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] };
const usage = { id: 'c', choices: [], usage: { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 } };
const whole = `: ping\r\n\r\n${data(delta('Grüße '))}${data(delta('🌍!'))}${data(finish)}${data(usage)}data: [DONE]\n\n`;

describe('what is sent', () => {
  it("is the request as it came, with our model and key, and nothing of the caller's headers", async () => {
    const provider = await startProvider((response) => openStream(response).end(whole));
    await collect(provider.stream({ model: 'auto', messages, top_k: 40, stream_options: { own: 1 } as object }, call));
    const { headers, body, url } = upstream.requests[0] ?? { headers: {} };
    expect(url).toBe('/v1/chat/completions');
    expect(body).toEqual({
      model: 'm',
      messages,
      top_k: 40,
      stream: true,
      stream_options: { own: 1, include_usage: true },
    });
    expect(headers).toMatchObject({ authorization: 'Bearer sk-canary-key', 'x-client-request-id': 'req_1' });
    const known =
      /^(?:host|connection|content-type|content-length|transfer-encoding|accept|accept-encoding|authorization|x-client-request-id)$/;
    expect(Object.keys(headers).filter((name) => !known.test(name))).toEqual([]);
  });

  it('goes to the same address when the base URL is that of the endpoint', async () => {
    const provider = await startProvider((response) => openStream(response).end(whole));
    const baseUrl = `${upstream.baseUrl}/chat/completions`;
    const other = createOpenAiProvider({ baseUrl, apiKey: undefined, models: ['m'], pool, timeouts });
    for (const { stream } of [provider, other]) await collect(stream({ messages }, call));
    expect(upstream.requests.map(({ url }) => url)).toEqual(['/v1/chat/completions', '/v1/chat/completions']);
  });

  it('has no stream options when a whole answer is asked for, and no key when there is none', async () => {
    const completion = {
      id: 'c',
      choices: [{ index: 0, message: { role: 'assistant', content: 'x' }, finish_reason: 'stop' }],
    };
    const provider = await startProvider((response) => response.end(JSON.stringify(completion)), { apiKey: undefined });
    const answer = await provider.complete({ messages, stream_options: { include_usage: true } }, call);
    expect(answer).toEqual(completion);
    expect(upstream.requests[0]?.body).toEqual({ model: 'm', messages, stream: false });
    expect(upstream.requests[0]?.headers.authorization).toBeUndefined();
  });
});

describe('a stream', () => {
  it('says the same with its bytes cut at every position', async () => {
    const bytes = Buffer.from(whole);
    const provider = await startProvider((response, index) => {
      openStream(response).write(bytes.subarray(0, index));
      // Two network chunks, and not one: the second goes out in a later turn.
      setImmediate(() => setImmediate(() => response.end(bytes.subarray(index))));
    });
    for (let cut = 0; cut <= bytes.length; cut += 1) {
      const { text, chunks } = await collect(provider.stream({ messages }, call));
      expect(text).toBe('Grüße 🌍!');
      expect(chunks.at(-1)?.usage?.total_tokens).toBe(3);
    }
    expect(upstream.requests).toHaveLength(bytes.length + 1);
  });

  it.each<[string, (response: ServerResponse) => void, string, string]>([
    ['ends after its text', (r) => openStream(r).end(data(delta('par'))), 'stream_truncated', 'par'],
    ['ends with nothing', (r) => openStream(r).end(), 'stream_truncated', ''],
    ['is cut', (r) => openStream(r).write(data(delta('par')), () => r.destroy()), 'stream_interrupted', 'par'],
    [
      'holds an error',
      (r) => openStream(r).end(data(delta('par')) + data({ error: { message: 'no', code: 500 } })),
      'stream_error',
      'par',
    ],
    ['holds an error event', (r) => openStream(r).end(`event: error\n${data({ message: 'no' })}`), 'stream_error', ''],
    ['holds no JSON', (r) => openStream(r).end('data: <html>\n\n'), 'invalid_stream', ''],
    [
      'is a page',
      (r) => r.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Hi</h1>'),
      'unexpected_content_type',
      '',
    ],
    ['goes silent', (r) => openStream(r).write(data(delta('par'))), 'idle_timeout', 'par'],
    ['never says anything', (r) => openStream(r).write(': ping\n\n'), 'first_event_timeout', ''],
    ['never answers', () => undefined, 'headers_timeout', ''],
    [
      'redirects to elsewhere',
      (r) => r.writeHead(307, { location: 'http://127.0.0.2:9/v1' }).end(),
      'redirect_refused',
      '',
    ],
  ])('that %s fails with what it is, after what had come', async (_name, handle, code, expected) => {
    const provider = await startProvider(handle, {
      timeouts: { headersMs: 150, firstEventMs: 150, idleMs: 150, totalMs: 5_000 },
    });
    let text = '';
    const reading = (async () => {
      for await (const batch of provider.stream({ messages }, call)) {
        for (const { chunk } of batch) text += chunk.choices[0]?.delta.content ?? '';
      }
    })();
    await expect(reading).rejects.toMatchObject({ name: 'NovaError', code });
    expect(text).toBe(expected);
  });

  it('that never ends is ended by the total limit', async () => {
    const provider = await startProvider(
      (response) => {
        openStream(response);
        const drip = setInterval(() => response.write(data(delta('x'))), 5);
        response.on('close', () => clearInterval(drip));
      },
      { timeouts: { ...timeouts, totalMs: 200 } },
    );
    await expect(collect(provider.stream({ messages }, call))).rejects.toMatchObject({ code: 'total_timeout' });
    await upstream.abandoned;
  });

  it('lets go of the connection when its reader leaves', async () => {
    const provider = await startProvider((response) => openStream(response).write(data(delta('x'))));
    for await (const _ of provider.stream({ messages }, call)) break;
    await upstream.abandoned;
  });

  it('takes a whole answer where a stream was asked for', async () => {
    const completion = {
      id: 'c',
      choices: [{ index: 0, message: { role: 'assistant', content: 'all' }, finish_reason: 'stop' }],
    };
    const provider = await startProvider((response) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(completion)),
    );
    expect((await collect(provider.stream({ messages }, call))).text).toBe('all');
  });
});

describe('an answer with an error status', () => {
  it.each<[number, string | object, Record<string, string>, object]>([
    [
      400,
      { error: { message: 'bad', param: 'top_p', code: 'x' } },
      {},
      { code: 'bad_request', body: { param: 'top_p', code: 'x' } },
    ],
    [401, { error: { message: 'Incorrect API key provided: sk-canary-key' } }, {}, { code: 'authentication_error' }],
    [403, { error: 'Access to the chat endpoint is denied.' }, {}, { code: 'permission_error' }],
    // A firewall before the API, which goes by what stands in the request.
    [403, '<html>Forbidden</html>', {}, { code: 'http_error' }],
    [404, { error: { message: 'no model', code: 'model_not_found' } }, {}, { code: 'not_found' }],
    [
      404,
      { object: 'error', message: 'The model `m` does not exist.', type: 'NotFoundError', param: null, code: 404 },
      {},
      { code: 'not_found', body: { message: 'The model `m` does not exist.', type: 'NotFoundError', code: '404' } },
    ],
    // FastAPI's own: there is no API at that address.
    [404, { detail: 'Not Found' }, {}, { code: 'not_found', body: undefined }],
    [402, { error: { message: 'Insufficient Balance' } }, {}, { code: 'insufficient_quota', retryable: false }],
    [
      402,
      { error: { message: 'This request requires more credits, or fewer max_tokens.', code: 402 } },
      {},
      { code: 'http_error', retryable: false },
    ],
    [413, '<html>too large</html>', {}, { code: 'request_too_large' }],
    [422, { detail: [{ msg: 'x' }] }, {}, { code: 'bad_request' }],
    [
      429,
      { error: { message: 'slow', code: 429 } },
      { 'retry-after': '7' },
      { code: 'rate_limited', retryAfterMs: 7_000 },
    ],
    [429, { error: { message: 'pay', code: 'insufficient_quota' } }, {}, { code: 'insufficient_quota' }],
    [500, '', {}, { code: 'server_error' }],
    [503, { error: 'busy' }, { 'retry-after-ms': '1500' }, { code: 'server_error', retryAfterMs: 1_500 }],
    [529, { type: 'error', error: { type: 'overloaded_error', message: 'o' } }, {}, { code: 'overloaded' }],
  ])('%i with %j is told by its status, in streams and whole', async (status, body, headers, expected) => {
    const provider = await startProvider((response) =>
      response.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body)),
    );
    await expect(collect(provider.stream({ messages }, call))).rejects.toMatchObject({ status, ...expected });
    await expect(provider.complete({ messages }, call)).rejects.toMatchObject({ status, ...expected });
  });

  it.each<[string, object, string]>([
    [
      'OpenRouter',
      {
        error: {
          code: 403,
          message: 'Your chosen model requires moderation and your input was flagged.',
          metadata: { reasons: ['violence'], flagged_input: 'planted', provider_name: 'p', model_slug: 'm' },
        },
      },
      'Your chosen model requires moderation and your input was flagged.',
    ],
    [
      'xAI',
      {
        code: 'The caller does not have permission to execute the specified operation',
        error:
          'Content violates usage guidelines. Team: planted-team, API key ID: planted-id, Model: m, Failed check: SAFETY_CHECK_TYPE_BIO',
      },
      'Content violates usage guidelines.',
    ],
    [
      'xAI since',
      { code: 'permission-denied', error: 'Content violates usage guidelines. ' },
      'Content violates usage guidelines.',
    ],
  ])(
    'takes a 403 of %s about what the caller wrote for what it is, and not for a refused key',
    async (_, body, message) => {
      const provider = await startProvider((response) => response.writeHead(403).end(JSON.stringify(body)));
      const error: unknown = await provider.complete({ messages }, call).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: 'bad_request', status: 400, body: { message, code: 'content_filter' } });
      expect(JSON.stringify(error)).not.toContain('planted');
    },
  );

  it('never repeats a key, ours or one that looks like one', async () => {
    const message =
      'Key sk-canary-key of sk-proj-abcdef***********wxyz or AIzaSyabcdef123456 of org_01abcdefghijklmnopqrst is bad';
    const provider = await startProvider((response) =>
      response.writeHead(400).end(JSON.stringify({ error: { message } })),
    );
    const error: unknown = await provider.complete({ messages }, call).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ body: { message: 'Key … of … or … of … is bad' } });
    expect(JSON.stringify(error)).not.toContain('canary');
  });

  it('does not wait for a body that does not come', async () => {
    const provider = await startProvider((response) => {
      response.writeHead(503, { 'content-type': 'application/json' });
      response.write('{"error":');
      setTimeout(() => response.destroy(), 50);
    });
    await expect(provider.complete({ messages }, call)).rejects.toMatchObject({ status: 503 });
  });
});

describe('a whole answer', () => {
  it('has an id on every tool call, also of servers that give none', async () => {
    const named = (name: string): object => ({ function: { name, arguments: '{}' } });
    const calls = [
      { ...named('a'), id: '', type: 'function' },
      named('b'),
      { ...named('c'), id: 'own', type: 'function' },
    ];
    const choices = [
      { index: 0, message: { role: 'assistant', content: null, tool_calls: calls }, finish_reason: 'tool_calls' },
    ];
    const provider = await startProvider((response) => response.end(JSON.stringify({ id: 'c', choices })));
    const answer = await provider.complete({ messages }, call);
    const got = answer.choices[0]?.message.tool_calls ?? [];
    expect(got).toMatchObject(['a', 'b', 'c'].map((name) => ({ type: 'function', function: { name } })));
    expect(got.map(({ id }) => id)).toEqual([
      expect.stringMatching(/^[a-zA-Z0-9]{9}$/),
      expect.stringMatching(/^[a-zA-Z0-9]{9}$/),
      'own',
    ]);
    expect(new Set(got.map(({ id }) => id)).size).toBe(3);
  });

  it.each<[string, string, string]>([
    ['an HTML page', '<h1>Hi</h1>', 'invalid_response'],
    ['nothing', '', 'invalid_response'],
    ['JSON of another kind', '{"ok":true}', 'invalid_response'],
    ['an error with a good status', '{"error":{"message":"no"}}', 'stream_error'],
  ])('that is %s fails', async (_name, body, code) => {
    const provider = await startProvider((response) => response.end(body));
    await expect(provider.complete({ messages }, call)).rejects.toMatchObject({ code });
  });

  it('that stalls is ended by the total limit', async () => {
    const provider = await startProvider((response) => response.write('{"id"'), {
      timeouts: { ...timeouts, totalMs: 100 },
    });
    await expect(provider.complete({ messages }, call)).rejects.toMatchObject({ code: 'total_timeout' });
    await upstream.abandoned;
  });
});
