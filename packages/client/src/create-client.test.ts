import { describe, expect, it, vi } from 'vitest';
import type { ClientOptions } from './client-options.js';
import { createClient } from './create-client.js';
import { NovaAPIClient } from './nova-api-client.js';
import { jsonAnswer, openClient, question } from './test-support/open-client.js';
import { readAll } from './test-support/read-all.js';
import { createScriptedTransport, type ScriptedAnswer } from './testing/create-scripted-transport.js';
import type { Transport } from './transport/transport.js';

describe('createClient', () => {
  it('makes up an idempotency key on a page without randomUUID, and keeps it', async () => {
    const { nova, requests } = openClient(() => ({ status: 503 }));
    vi.stubGlobal('crypto', { getRandomValues: crypto.getRandomValues.bind(crypto) });
    await nova.post('/x', {}, { idempotencyKey: true }).catch(() => {});
    await nova.post('/x', {}, { idempotencyKey: true }).catch(() => {});
    vi.unstubAllGlobals();
    const keys = requests.map(({ headers }) => headers['idempotency-key']);
    expect(keys[0]).toMatch(/^[\w-]{16,}$/);
    expect(new Set(keys.slice(0, 3))).toEqual(new Set([keys[0]]));
    expect(new Set(keys).size).toBe(2);
  });

  it('gets and posts JSON under the base URL, with the headers of the client and of the call', async () => {
    const { nova, requests } = openClient([jsonAnswer({ a: 1 }), jsonAnswer({ b: 2 })], {
      headers: async () => ({ 'X-Key': 'k' }),
    });
    expect(await nova.get('/v1/x')).toEqual({ a: 1 });
    expect(await nova.post('v1/y', { q: 1 }, { headers: { 'X-Trace': 't' }, idempotencyKey: 'i' })).toEqual({ b: 2 });
    expect(requests).toEqual([
      { method: 'GET', url: 'http://nova.test/v1/x', headers: { accept: 'application/json', 'x-key': 'k' } },
      {
        method: 'POST',
        url: 'http://nova.test/v1/y',
        headers: {
          accept: 'application/json',
          'content-type': 'application/json',
          'x-key': 'k',
          'x-trace': 't',
          'idempotency-key': 'i',
        },
        body: '{"q":1}',
      },
    ]);
  });

  it.each(['http://nova.test/v1', 'http://nova.test/v1/', 'https://shop.test/api/v1'])(
    'says that %s may be no base URL when nothing is there',
    async (baseUrl) => {
      const transport = createScriptedTransport(() => ({ status: 404 }));
      const nova = createClient({ baseUrl, transport });
      const said = { code: 'not_found', message: expect.stringContaining('without /v1') };
      await expect(nova.models.list()).rejects.toMatchObject(said);
      await expect(nova.chat.create(question)).rejects.toMatchObject(said);
      expect((await nova.chat.stream(question).result()).error).toMatchObject(said);
    },
  );

  it.each([
    ['http://nova.test', '/v1/models', 404],
    ['http://nova.test/v1', '/users', 404],
    ['http://nova.test/v1', '/v1/models', 401],
  ])('says nothing of the base URL %s of %s with status %i', async (baseUrl, path, status) => {
    const nova = createClient({ baseUrl, transport: createScriptedTransport([{ status }]) });
    await expect(nova.get(path)).rejects.toMatchObject({
      status,
      message: expect.stringMatching(/^The server answered with status \d+\.$/),
    });
  });

  it('returns what a server says, whatever members it has', async () => {
    const job = { id: 'j', error: { message: 'the job failed', code: 'x' } };
    const { nova, requests } = openClient([jsonAnswer(job), jsonAnswer(job)]);
    expect(await nova.get('/v1/jobs/j')).toEqual(job);
    expect(await nova.post('/v1/jobs', {})).toEqual(job);
    expect(requests).toHaveLength(2);
  });

  it('waits for the headers as long as the call may take, when that is given', async () => {
    const limits: number[] = [];
    const scripted = createScriptedTransport(() => jsonAnswer({}));
    const transport: Transport = {
      send(request) {
        limits.push(request.headersTimeoutMs);
        return scripted.send(request);
      },
    };
    const { nova } = openClient([], { transport });
    await nova.get('/x');
    await nova.post('/x', {}, { timeoutMs: 120_000 });
    const api = new NovaAPIClient('http://nova.test', 'test', { transport });
    await api.post('/x', {}, { timeout: 90_000 });
    await api.postStream('/x', {}, { timeout: 80_000 });
    expect(limits).toEqual([30_000, 120_000, 90_000, 80_000]);
  });

  it('gives headers and the request id on demand', async () => {
    const { nova } = openClient([jsonAnswer({ a: 1 }), jsonAnswer({}, { status: 404 })]);
    const { data, status, headers, requestId } = await nova.get('/x').withResponse();
    expect([data, status, headers.get('content-type'), requestId]).toEqual([{ a: 1 }, 200, 'application/json', 'r1']);
    await expect(nova.get('/x').withResponse()).rejects.toMatchObject({ code: 'not_found', requestId: 'r1' });
  });

  it('lists models', async () => {
    const { nova, requests } = openClient([jsonAnswer({ object: 'list', data: [{ id: 'm' }] })]);
    expect((await nova.models.list()).data).toEqual([{ id: 'm' }]);
    expect(requests[0]?.url).toBe('http://nova.test/v1/models');
  });

  it.each<[string, ScriptedAnswer, object]>([
    ['HTML', { headers: { 'content-type': 'text/html' }, body: ['secret'] }, { code: 'unexpected_content_type' }],
    ['broken JSON', jsonAnswer(0, { body: ['{"secret'] }), { code: 'invalid_response' }],
    [
      'a body that breaks',
      jsonAnswer(0, { body: ['{', { error: new Error('secret') }] }),
      { code: 'stream_interrupted' },
    ],
    ['a body that stalls', jsonAnswer(0, { body: ['{', { stall: true }] }), { code: 'total_timeout' }],
    [
      'status 400',
      jsonAnswer(
        { error: { message: 'secret', type: 'invalid_request_error', param: 'n', code: 'bad_n' } },
        { status: 400 },
      ),
      { code: 'bad_request', status: 400, requestId: 'r1', body: { message: 'secret', param: 'n', code: 'bad_n' } },
    ],
    ['status 413', { status: 413 }, { code: 'request_too_large' }],
    [
      'a conversation longer than the model can read',
      jsonAnswer({ error: { message: 'secret', code: 'context_length_exceeded' } }, { status: 400 }),
      { code: 'request_too_large', status: 400, retryable: false },
    ],
    ...['content_filter', 'content_policy_violation'].map((code): [string, ScriptedAnswer, object] => [
      `a question that a filter refuses as ${code}`,
      jsonAnswer({ error: { message: 'secret', code } }, { status: 400 }),
      { code: 'content_filter', status: 400, retryable: false },
    ]),
    ['status 418', { status: 418 }, { code: 'http_error' }],
    ['an error body that stalls', { status: 503, body: [{ stall: true }] }, { code: 'total_timeout' }],
  ])('says what is wrong with %s, and nothing of the body', async (_, answer, expected) => {
    const { nova } = openClient([answer], { retry: { delays: [] } });
    const error = await nova.get('/x', { timeoutMs: 100 }).catch((failure: unknown) => failure);
    expect(error).toMatchObject({ name: 'NovaError', attempts: 1, ...expected });
    expect(String(error)).not.toContain('secret');
  });

  it('rejects an aborted call with the reason as its cause', async () => {
    const { nova } = openClient([jsonAnswer({}, { body: [{ stall: true }] })]);
    const controller = new AbortController();
    const call = nova.get('/x', { signal: controller.signal });
    controller.abort('why');
    await expect(call).rejects.toMatchObject({ code: 'aborted', cause: 'why', retryable: false });
  });

  it('is not held up by a transport that never answers and never hears of an abort', async () => {
    const transport = { send: () => new Promise<never>(() => {}) };
    const nova = createClient({ baseUrl: '', transport, retry: { delays: [] } });
    await expect(nova.get('/x', { timeoutMs: 30 })).rejects.toMatchObject({ code: 'total_timeout' });
    const result = await nova.chat.stream(question, { timeoutMs: 30 }).result();
    expect(result).toMatchObject({ outcome: 'failed', error: { code: 'total_timeout' } });
  });

  it.each<[string, (options: { error: Error }) => Partial<ClientOptions>]>([
    [
      'middleware',
      ({ error }) => ({
        middleware: [
          async (request, next) => {
            await next(request);
            throw error;
          },
        ],
      }),
    ],
    ['headers', ({ error }) => ({ headers: () => Promise.reject(error) })],
    [
      'headers',
      ({ error }) => ({
        headers() {
          throw error;
        },
      }),
    ],
    [
      'onRetry',
      ({ error }) => ({
        retry: { delays: [60_000] },
        onRetry() {
          throw error;
        },
      }),
    ],
  ])('says what %s threw, and does not ask again', async (name, toOptions) => {
    const error = new TypeError('no session');
    const failure = { code: 'invalid_option', message: `Option ${name} threw: no session`, cause: error, attempts: 1 };
    const { nova, requests } = openClient(() => ({ status: 503 }), toOptions({ error }));
    await expect(nova.get('/x')).rejects.toMatchObject(failure);
    expect(requests.length).toBeLessThan(2);
    expect(await nova.chat.stream(question).result()).toMatchObject({ outcome: 'failed', error: failure });
  });

  it('streams the messages of any endpoint', async () => {
    const { nova } = openClient([
      { body: ['event: a\ndata: {"x":1}\n\n', 'data: text\n\ndata: [DONE]\n\ndata: no\n\n'] },
    ]);
    expect(await readAll(nova.postStream('/x', {}))).toEqual([
      { event: 'a', data: '{"x":1}', json: { x: 1 } },
      { data: 'text', json: undefined },
    ]);
  });
});
