import { describe, expect, it, vi } from 'vitest';
import type { ClientOptions, Logger, Middleware } from './client-options.js';
import { createClient, type NovaClient } from './create-client.js';
import { NovaAPIClient } from './nova-api-client.js';
import type { ChatEvent } from './protocol/index.js';
import type { StandardSchema } from './resources/parse-chat.js';
import { sseAnswer, sseChunk } from './test-support/sse-text.js';
import {
  createScriptedTransport,
  type ScriptedAnswer,
  type ScriptedTransport,
} from './testing/create-scripted-transport.js';
import type { Transport, TransportRequest } from './transport/transport.js';

const question = { messages: [{ role: 'user' as const, content: 'hi' }] };
const json = (value: unknown, more: Partial<ScriptedAnswer> = {}): ScriptedAnswer => ({
  headers: { 'content-type': 'application/json', 'x-request-id': 'r1' },
  body: [JSON.stringify(value)],
  ...more,
});

function open(
  script: Parameters<typeof createScriptedTransport>[0],
  options: Partial<ClientOptions> = {},
): { nova: NovaClient; requests: ScriptedTransport['requests'] } {
  const transport = createScriptedTransport(script);
  const nova = createClient({ baseUrl: 'http://nova.test/', transport, retry: { delays: [0, 0] }, ...options });
  return { nova, requests: transport.requests };
}
const collect = async <T>(items: AsyncIterable<T>): Promise<T[]> => {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
};
const types = (events: ChatEvent[]): string[] => events.map(({ type }) => type);

describe('createClient', () => {
  it('makes up an idempotency key on a page without randomUUID, and keeps it', async () => {
    const { nova, requests } = open(() => ({ status: 503 }));
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
    const { nova, requests } = open([json({ a: 1 }), json({ b: 2 })], { headers: async () => ({ 'X-Key': 'k' }) });
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

  it('returns what a server says, whatever members it has', async () => {
    const job = { id: 'j', error: { message: 'the job failed', code: 'x' } };
    const { nova, requests } = open([json(job), json(job)]);
    expect(await nova.get('/v1/jobs/j')).toEqual(job);
    expect(await nova.post('/v1/jobs', {})).toEqual(job);
    expect(requests).toHaveLength(2);
  });

  it('waits for the headers as long as the call may take, when that is given', async () => {
    const limits: number[] = [];
    const scripted = createScriptedTransport(() => json({}));
    const transport: Transport = {
      send(request) {
        limits.push(request.headersTimeoutMs);
        return scripted.send(request);
      },
    };
    const { nova } = open([], { transport });
    await nova.get('/x');
    await nova.post('/x', {}, { timeoutMs: 120_000 });
    const api = new NovaAPIClient('http://nova.test', 'test', { transport });
    await api.post('/x', {}, { timeout: 90_000 });
    await api.postStream('/x', {}, { timeout: 80_000 });
    expect(limits).toEqual([30_000, 120_000, 90_000, 80_000]);
  });

  it('gives headers and the request id on demand', async () => {
    const { nova } = open([json({ a: 1 }), json({}, { status: 404 })]);
    const { data, status, headers, requestId } = await nova.get('/x').withResponse();
    expect([data, status, headers.get('content-type'), requestId]).toEqual([{ a: 1 }, 200, 'application/json', 'r1']);
    await expect(nova.get('/x').withResponse()).rejects.toMatchObject({ code: 'not_found', requestId: 'r1' });
  });

  it('lists models', async () => {
    const { nova, requests } = open([json({ object: 'list', data: [{ id: 'm' }] })]);
    expect((await nova.models.list()).data).toEqual([{ id: 'm' }]);
    expect(requests[0]?.url).toBe('http://nova.test/v1/models');
  });

  it.each<[string, ScriptedAnswer, object]>([
    ['HTML', { headers: { 'content-type': 'text/html' }, body: ['secret'] }, { code: 'unexpected_content_type' }],
    ['broken JSON', json(0, { body: ['{"secret'] }), { code: 'invalid_response' }],
    ['a body that breaks', json(0, { body: ['{', { error: new Error('secret') }] }), { code: 'stream_interrupted' }],
    ['a body that stalls', json(0, { body: ['{', { stall: true }] }), { code: 'total_timeout' }],
    [
      'status 400',
      json({ error: { message: 'secret', type: 'invalid_request_error', param: 'n', code: 'bad_n' } }, { status: 400 }),
      { code: 'bad_request', status: 400, requestId: 'r1', body: { message: 'secret', param: 'n', code: 'bad_n' } },
    ],
    ['status 413', { status: 413 }, { code: 'request_too_large' }],
    ['status 418', { status: 418 }, { code: 'http_error' }],
    ['an error body that stalls', { status: 503, body: [{ stall: true }] }, { code: 'total_timeout' }],
  ])('says what is wrong with %s, and nothing of the body', async (_, answer, expected) => {
    const { nova } = open([answer], { retry: { delays: [] } });
    const error = await nova.get('/x', { timeoutMs: 100 }).catch((failure: unknown) => failure);
    expect(error).toMatchObject({ name: 'NovaError', attempts: 1, ...expected });
    expect(String(error)).not.toContain('secret');
  });

  it('rejects an aborted call with the reason as its cause', async () => {
    const { nova } = open([json({}, { body: [{ stall: true }] })]);
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

  it('runs middleware on each attempt, the first outermost, inside the retry', async () => {
    const seen: string[] = [];
    let token = 'old';
    const { nova, requests } = open([{ status: 503 }, { status: 401 }, json({ a: 1 })], {
      headers: () => ({ authorization: token }),
      middleware: [
        async (request, next, { attempt }) => {
          seen.push(`outer ${attempt}`);
          const response = await next(request);
          if (response.status !== 401) return response;
          response.cancel();
          token = 'new';
          return next({ ...request, headers: { ...request.headers, authorization: token } });
        },
        async (request, next, { attempt }) => {
          seen.push(`inner ${attempt}`);
          return next(request);
        },
      ],
    });
    expect(await nova.get('/x')).toEqual({ a: 1 });
    expect(seen).toEqual(['outer 1', 'inner 1', 'outer 2', 'inner 2', 'inner 2']);
    expect(requests.map(({ headers }) => headers['authorization'])).toEqual(['old', 'old', 'new']);
  });

  it('names the middleware when one of them gives no response', async () => {
    const failure = { code: 'invalid_option', message: expect.stringContaining('Option middleware must'), attempts: 1 };
    // A `return` that was forgotten.
    const forgetful = (async (request: TransportRequest, next: Transport['send']) => {
      await next(request);
    }) as unknown as Middleware;
    const { nova, requests } = open(() => json({ a: 1 }), { middleware: [forgetful] });
    await expect(nova.get('/x')).rejects.toMatchObject(failure);
    expect(requests).toHaveLength(1);
    expect(await nova.chat.stream(question).result()).toMatchObject({ outcome: 'failed', error: failure });
  });

  it('lets go of the responses that middleware asked for and did not hand on', async () => {
    const cancelled: number[] = [];
    const { send } = createScriptedTransport([{ status: 401 }, { status: 401 }, json({ a: 1 })]);
    let sent = 0;
    const transport: Transport = {
      async send(request) {
        const number = ++sent;
        const response = await send(request);
        return { ...response, cancel: () => void cancelled.push(number) };
      },
    };
    const { nova } = open([], {
      transport,
      middleware: [
        async (request, next) => ({ ...(await next(request)) }),
        async (request, next) => {
          let response = await next(request);
          while (response.status === 401) response = await next(request);
          return response;
        },
      ],
    });
    expect(await nova.get('/x')).toEqual({ a: 1 });
    expect(cancelled).toEqual([1, 2]);
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
    const { nova, requests } = open(() => ({ status: 503 }), toOptions({ error }));
    await expect(nova.get('/x')).rejects.toMatchObject(failure);
    expect(requests.length).toBeLessThan(2);
    expect(await nova.chat.stream(question).result()).toMatchObject({ outcome: 'failed', error: failure });
  });

  it('logs requests, retries and failures, and no credentials, prompts or bodies', async () => {
    const lines: unknown[] = [];
    const logger: Logger = {
      debug: (...line) => void lines.push(line),
      warn: (...line) => void lines.push(line),
    };
    const { nova } = open([{ status: 503, body: ['secret'] }, json({ secret: 1 }), { body: ['<p>secret'] }], {
      logger,
      headers: { authorization: 'secret' },
    });
    await nova.post('/x?key=secret', { secret: 1 });
    expect(lines).toEqual([
      [
        'failed',
        { method: 'POST', path: '/x', attempt: 1, code: 'server_error', status: 503, afterMs: expect.any(Number) },
      ],
      ['retrying', { attempt: 1, delayMs: 0, source: 'delays', code: 'server_error', status: 503 }],
      ['answered', { method: 'POST', path: '/x', attempt: 2, status: 200, headersMs: expect.any(Number) }],
    ]);
    lines.length = 0;
    await expect(nova.get('/y')).rejects.toThrow();
    expect(lines).toEqual([
      ['answered', { method: 'GET', path: '/y', attempt: 1, status: 200, headersMs: expect.any(Number) }],
      ['body failed', { method: 'GET', path: '/y', attempt: 1, code: 'unexpected_content_type', status: 200 }],
    ]);
    expect(JSON.stringify(lines)).not.toContain('secret');
  });

  it('answers all the same when its logger fails, and ends what is being read', async () => {
    const fail = (): never => {
      throw new Error('the disk is full');
    };
    const logger: Logger = { debug: fail, warn: fail };
    const { nova } = open([{ status: 503 }, json({ a: 1 }), { status: 404 }, { body: [sseChunk({ content: 'a' })] }], {
      logger,
    });
    expect(await nova.get('/x')).toEqual({ a: 1 });
    await expect(nova.get('/x')).rejects.toMatchObject({ code: 'not_found' });
    const stream = nova.chat.stream(question);
    expect(types(await collect(stream))).toEqual(['stream-start', 'text-delta', 'end']);
    expect(await stream.result()).toMatchObject({ outcome: 'truncated', text: 'a' });
  });

  it('calls its logger as a method', async () => {
    class Lines implements Logger {
      readonly lines: string[] = [];
      debug(message: string): void {
        this.lines.push(message);
      }
      warn(message: string): void {
        this.lines.push(message);
      }
    }
    const logger = new Lines();
    await open([{ status: 503 }, json({})], { logger }).nova.get('/x');
    expect(logger.lines).toEqual(['failed', 'retrying', 'answered']);
  });

  it('streams the messages of any endpoint', async () => {
    const { nova } = open([{ body: ['event: a\ndata: {"x":1}\n\n', 'data: text\n\ndata: [DONE]\n\ndata: no\n\n'] }]);
    expect(await collect(nova.postStream('/x', {}))).toEqual([
      { event: 'a', data: '{"x":1}', json: { x: 1 } },
      { data: 'text', json: undefined },
    ]);
  });
});

describe('chat', () => {
  it('creates a whole answer', async () => {
    const { nova, requests } = open([json({ id: 'c', choices: [{ index: 0, message: { content: 'a' } }] })]);
    expect((await nova.chat.create(question)).choices[0]?.message.content).toBe('a');
    expect(JSON.parse(requests[0]?.body ?? '')).toEqual({ ...question, stream: false });
  });

  it('rejects an error with status 200, and nothing of it but its code is in the message', async () => {
    const { nova } = open([json({ error: { message: 'secret', code: 'x' } })], { retry: { delays: [] } });
    const error = await nova.chat.create(question).catch((failure: unknown) => failure);
    expect(error).toMatchObject({ name: 'NovaError', code: 'stream_error', body: { message: 'secret' } });
    expect(String(error)).not.toContain('secret');
  });

  it('rejects JSON that is no completion', async () => {
    const { nova } = open([json({ login: 'please' })]);
    await expect(nova.chat.create(question)).rejects.toMatchObject({ code: 'invalid_response' });
  });

  it('says everything that comes as events, and the end once', async () => {
    const citation = { start_index: 0, end_index: 1, url: 'https://a.test', title: 'A' };
    const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };
    const switched = { from: 'a', to: 'b', reason: 'stream_interrupted' };
    const { nova } = open([
      {
        headers: { 'content-type': 'text/event-stream', 'x-request-id': 'r2' },
        body: [
          sseChunk({ role: 'assistant' }, { nova: { provider: 'a', stream_id: 's' } }),
          sseChunk({ reasoning_content: 'hm' }),
          sseChunk({ content: 'a' }),
          sseChunk({ annotations: [{ type: 'url_citation', url_citation: citation }, { type: 'other' }] }),
          sseChunk({}, { nova: { switched, provider: 'b' } }),
          sseChunk({ tool_calls: [{ index: 0, id: 't', function: { name: 'f', arguments: '{"x"' } }] }),
          sseChunk({ tool_calls: [{ index: 0, function: { arguments: ':1}' } }] }),
          sseChunk({}, { finish_reason: 'stop', usage }),
          'data: [DONE]\n\n',
        ],
      },
    ]);
    const stream = nova.chat.stream(question);
    expect(await collect(stream)).toEqual([
      { type: 'stream-start', streamId: 's', provider: 'a', model: 'm' },
      { type: 'reasoning-delta', text: 'hm', choice: 0 },
      { type: 'text-delta', text: 'a', choice: 0 },
      { type: 'citation', citation, choice: 0 },
      { type: 'provider-switch', switch: switched },
      { type: 'tool-call-delta', index: 0, id: 't', name: 'f', arguments: '{"x"', choice: 0 },
      { type: 'tool-call-delta', index: 0, arguments: ':1}', choice: 0 },
      { type: 'usage', usage },
      { type: 'end', outcome: 'complete', finishReason: 'stop', error: undefined },
    ]);
    expect(await stream.result()).toMatchObject({ text: 'a', usage, provider: 'b', streamId: 's', requestId: 'r2' });
    expect(await stream.toolCalls()).toEqual([{ id: 't', name: 'f', arguments: '{"x":1}', input: { x: 1 } }]);
  });

  it('can be read as text, as a stream and twice at the same time, but not twice in a row', async () => {
    const { nova } = open(() => ({ body: [sseAnswer('a b c')] }));
    expect(await collect(nova.chat.stream(question).textStream())).toEqual(['a ', 'b ', 'c']);
    const all = ['stream-start', 'text-delta', 'text-delta', 'text-delta', 'end'];
    expect(types(await collect(nova.chat.stream(question).toReadableStream()))).toEqual(all);
    const [first, second] = nova.chat.stream(question).tee();
    expect(types(await collect(first))).toEqual(all);
    expect(types(await collect(second))).toEqual(all);
    const stream = nova.chat.stream(question);
    await collect(stream);
    expect(() => stream[Symbol.asyncIterator]()).toThrow('A stream is read once; tee()');
  });

  it('goes on for one reader of a tee when the other leaves', async () => {
    const { nova } = open([{ body: [sseChunk({ content: 'a' }), { waitMs: 5 }, sseAnswer('b')] }]);
    const [first, second] = nova.chat.stream(question).tee();
    for await (const event of first) if (event.type === 'text-delta') break;
    expect(types(await collect(second))).toEqual(['stream-start', 'text-delta', 'text-delta', 'end']);
  });

  it('reads to the end for result() alone, and shows what it has meanwhile', async () => {
    const { nova } = open([{ body: [sseChunk({ content: 'a' }), { waitMs: 50 }, sseAnswer('b')] }]);
    const stream = nova.chat.stream(question);
    expect(stream.snapshot.choices[0]?.message.content).toBeNull();
    await expect.poll(() => stream.snapshot.choices[0]?.message.content).toBe('a');
    expect(await stream.result()).toMatchObject({ outcome: 'complete', text: 'ab' });
    expect(stream.snapshot.choices[0]?.message.content).toBe('ab');
    expect(types(await collect(stream))).toEqual(['stream-start', 'text-delta', 'text-delta', 'end']);
  });

  it('reads no further than its reader wants', async () => {
    let given = 0;
    const body = {
      async *[Symbol.asyncIterator]() {
        for (; given < 20_000; given++) yield new TextEncoder().encode(sseChunk({ content: 'x' }));
        yield new TextEncoder().encode(sseAnswer('end'));
      },
    };
    const transport = {
      send: async () => ({
        status: 200,
        headers: new Headers({ 'content-type': 'text/event-stream' }),
        body,
        cancel() {},
      }),
    };
    const stream = createClient({ baseUrl: '', transport }).chat.stream(question);
    const iterator = stream[Symbol.asyncIterator]();
    await iterator.next();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(given).toBeLessThan(2_000);
    let events = 1;
    while (!(await iterator.next()).done) events++;
    expect(events).toBe(20_000 + 3);
  });

  it('knows the stream from its first event, whatever comes with it', async () => {
    const { nova } = open([
      { body: [sseChunk({ role: 'assistant' }, { nova: { stream_id: 's9' } }) + sseAnswer('a')] },
    ]);
    expect(await nova.chat.stream(question).result()).toMatchObject({ streamId: 's9' });
  });

  it('starts over with an empty answer when an attempt fails before its content', async () => {
    const { nova } = open([
      { body: [sseChunk({ role: 'assistant' }, { nova: { stream_id: 'one' } }), { error: new Error('x') }] },
      { body: [sseChunk({ role: 'assistant' }, { nova: { stream_id: 'two' } }), sseAnswer('a')] },
    ]);
    const events = await collect(nova.chat.stream(question));
    expect(events.filter(({ type }) => type === 'stream-start')).toMatchObject([
      { streamId: 'one' },
      { streamId: 'two' },
    ]);
    expect(events.at(-1)).toMatchObject({ outcome: 'complete' });
  });

  it.each([
    ['asks again after', 'overloaded_error', 3],
    ['does not ask a server again that has asked its providers:', 'upstream_timeout', 1],
  ])('%s %s before the first content', async (_, code, count) => {
    const body = [`data: ${JSON.stringify({ error: { message: 'x', type: 'server_error', code } })}\n\n`];
    const { nova, requests } = open(() => ({ body }), { retry: { delays: [0, 0] } });
    expect(await nova.chat.stream(question).result()).toMatchObject({ outcome: 'failed', attempts: count });
    expect(requests).toHaveLength(count);
  });

  it('waits for all the choices that were asked for', async () => {
    const { nova } = open(() => ({ body: [sseChunk({ content: 'a' }, { finish_reason: 'stop' })] }));
    expect(await nova.chat.stream({ ...question, n: 2 }).result()).toMatchObject({ outcome: 'truncated' });
    expect(await nova.chat.stream(question).result()).toMatchObject({ outcome: 'complete' });
  });

  it.each([
    ['fits', '{"city":"Rome"}', { parsed: 'Rome' }],
    ['fits in a fence', '```json\n{"city":"Rome"}\n```', { parsed: 'Rome' }],
    ['is blanks in a fence', `\`\`\`${' '.repeat(100_000)}x`, 'is not JSON'],
    ['does not fit', '{"city":5}', 'does not fit the schema at "city"'],
    ['is no JSON', 'secret', 'is not JSON'],
    ['was cut', '{"ci', 'was cut at its limit of tokens', 'length'],
  ])('parses structured output that %s', async (_, content, expected, reason = 'stop') => {
    const { nova, requests } = open([json({ choices: [{ message: { content }, finish_reason: reason }] })]);
    const schema = {
      '~standard': {
        version: 1 as const,
        vendor: 'test',
        validate: (value: unknown) => {
          const { city } = value as { city: unknown };
          return typeof city === 'string' ? { value: city } : { issues: [{ path: ['city'] }] };
        },
        jsonSchema: { input: () => ({ type: 'object' }) },
      },
    };
    const parsed = nova.chat.parse(question, schema);
    if (typeof expected === 'string') {
      const error = await parsed.catch((failure: unknown) => failure);
      expect(error).toMatchObject({ code: 'invalid_response', partial: { choices: [{ message: { content } }] } });
      expect(String(error)).toContain(expected);
      expect(String(error)).not.toContain('secret');
    } else expect(await parsed).toMatchObject(expected);
    expect(JSON.parse(requests[0]?.body ?? '').response_format).toEqual({
      type: 'json_schema',
      json_schema: { name: 'answer', schema: { type: 'object' } },
    });
  });
});

describe('chat.parse', () => {
  const answer = json({ choices: [{ message: { content: '5' }, finish_reason: 'stop' }] });
  const toSchema = (input: () => Record<string, unknown>): StandardSchema<unknown> => ({
    '~standard': { version: 1, vendor: 'test', validate: (value) => ({ value }), jsonSchema: { input } },
  });
  const cannotSay = (): never => {
    throw new Error('a date is no JSON Schema');
  };

  it.each([
    ['a JSON Schema', { type: 'object', properties: {} }],
    ['nothing', undefined],
    ['null', null],
    ['a validator of before the standard', { parse: () => 5 }],
  ])('says what a schema is when it is given %s, and asks nothing', async (_, given) => {
    const { nova, requests } = open([answer]);
    const parsed = nova.chat.parse(question, given as unknown as StandardSchema<unknown>);
    await expect(parsed).rejects.toMatchObject({
      code: 'invalid_option',
      message: expect.stringMatching(/^Option schema must be .*Standard Schema/),
    });
    expect(requests).toHaveLength(0);
  });

  it('asks for any JSON when the schema cannot be said', async () => {
    const { nova, requests } = open([answer]);
    expect(await nova.chat.parse(question, toSchema(cannotSay))).toMatchObject({ parsed: 5 });
    expect(JSON.parse(requests[0]?.body ?? '').response_format).toEqual({ type: 'json_object' });
  });

  it('leaves a response_format as it was given', async () => {
    const { nova, requests } = open([answer]);
    const given = { ...question, response_format: { type: 'text' as const } };
    await nova.chat.parse(given, toSchema(cannotSay));
    expect(JSON.parse(requests[0]?.body ?? '').response_format).toEqual({ type: 'text' });
  });
});

describe('a resumable answer', () => {
  const event = (number: number, content: string): string => sseChunk({ content }, { id: `s1:${number}` });
  const broken = { error: new Error('reset') };
  const end = sseChunk({}, { finish_reason: 'stop', id: 's1:9' });

  it('is picked up from the last event when its connection breaks', async () => {
    const { nova, requests } = open([
      { body: [event(1, 'a '), event(2, 'b '), broken] },
      { status: 503 },
      { body: [event(3, 'c '), broken] },
      { body: [event(4, 'd'), end] },
    ]);
    const stream = nova.chat.stream(question, { resume: 60 });
    const events = await collect(stream);
    expect(types(events)).toEqual(['stream-start', 'text-delta', 'text-delta', 'text-delta', 'text-delta', 'end']);
    expect(await stream.result()).toMatchObject({ outcome: 'complete', text: 'a b c d', attempts: 4, streamId: 's1' });
    expect(
      requests.map(({ method, url, headers }) => [
        method,
        url.slice(16),
        headers['nova-resume'],
        headers['last-event-id'],
      ]),
    ).toEqual([
      ['POST', '/v1/chat/completions', '60', undefined],
      ['GET', '/v1/chat/streams/s1', undefined, 's1:2'],
      ['GET', '/v1/chat/streams/s1', undefined, 's1:2'],
      ['GET', '/v1/chat/streams/s1', undefined, 's1:3'],
    ]);
  });

  it('is picked up, not asked for again, when it breaks before its content', async () => {
    const { nova, requests } = open([
      { body: [sseChunk({ role: 'assistant' }, { id: 's1:1' }), broken] },
      { body: [event(2, 'a'), end] },
    ]);
    expect(await nova.chat.stream(question, { resume: 60 }).result()).toMatchObject({ outcome: 'complete', text: 'a' });
    expect(requests.map(({ method }) => method)).toEqual(['POST', 'GET']);
  });

  it.each<[string, ScriptedAnswer[], number]>([
    ['the server does not know it any more', [{ status: 404 }], 2],
    ['the server stays away', [], 4],
    ['the server is over-long in coming back', [{ status: 503, headers: { 'retry-after': '600' } }], 2],
  ])('fails with what had come when %s', async (_, rest, attempts) => {
    const { nova } = open([{ body: [event(1, 'par'), broken] }, ...rest]);
    const result = await nova.chat.stream(question, { resume: 60 }).result();
    expect(result).toMatchObject({ outcome: 'failed', text: 'par', attempts, error: { code: 'stream_interrupted' } });
  });

  it('is not resumed when nobody asked for it', async () => {
    const { nova, requests } = open([{ body: [event(1, 'par'), broken] }]);
    expect(await nova.chat.stream(question).result()).toMatchObject({ outcome: 'failed', text: 'par', streamId: 's1' });
    expect(requests).toHaveLength(1);
    expect(requests[0]?.headers).not.toHaveProperty('nova-resume');
  });

  it.each<[string | number | undefined, string | undefined]>([
    ['s1:2', 's1:2'],
    [2, 's1:2'],
    [undefined, undefined],
  ])('is picked up after a reload, after %s', async (after, header) => {
    const { nova, requests } = open([{ body: [event(3, 'c'), broken] }, { body: [event(4, 'd'), end] }]);
    const result = await nova.chat.resume('s1', after === undefined ? {} : { after }).result();
    expect(result).toMatchObject({ outcome: 'complete', text: 'cd' });
    expect(requests.map(({ method, headers }) => [method, headers['last-event-id']])).toEqual([
      ['GET', header],
      ['GET', 's1:3'],
    ]);
  });

  it('fails when a reload finds nothing', async () => {
    const { nova } = open([{ status: 404 }]);
    expect(await nova.chat.resume('s1').result()).toMatchObject({ outcome: 'failed', error: { code: 'not_found' } });
  });

  it('ends on the server with stop(), and goes on there with disconnect()', async () => {
    const { nova, requests } = open((_, index) =>
      index % 2 ? { status: 204 } : { body: [event(1, 'a'), { stall: true }] },
    );
    const stopped = nova.chat.stream(question, { resume: 60 });
    for await (const { type } of stopped) if (type === 'text-delta') await stopped.stop();
    expect(await stopped.result()).toMatchObject({ outcome: 'aborted', text: 'a' });
    await stopped.stop();
    expect(requests.map(({ method, url }) => `${method} ${url.slice(16)}`)).toEqual([
      'POST /v1/chat/completions',
      'DELETE /v1/chat/streams/s1',
    ]);
    const left = nova.chat.stream(question, { resume: 60 });
    for await (const { type } of left) if (type === 'text-delta') left.disconnect();
    expect(await left.result()).toMatchObject({ outcome: 'aborted', text: 'a' });
    expect(requests).toHaveLength(3);
  });
});

describe('NovaAPIClient', () => {
  it('gets, posts and streams with the client header', async () => {
    const transport = createScriptedTransport([json({ a: 1 }), json({ b: 2 }), { body: [sseAnswer('a b')] }]);
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
    const transport = createScriptedTransport([{ status: 501 }, json({ whole: true })]);
    const chunks = await new NovaAPIClient('', 'page', { transport }).postStream('/c', { stream: true });
    expect(chunks).toEqual([{ whole: true }]);
    expect(transport.requests.map(({ body }) => body)).toEqual(['{"stream":true}', '{"stream":false}']);
  });
});
