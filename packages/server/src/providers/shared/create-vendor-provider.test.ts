import { inspect } from 'node:util';
import { createPool, type Pool } from '@nova-chat/client/node';
import type { ChatRequest } from '@nova-chat/client/protocol';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { type Answer, answerCutAt, answerWith, startUpstream, type Upstream } from '../../testing/start-upstream.js';
import { createAnthropicProvider } from '../anthropic/anthropic-provider.js';
import { createGeminiProvider } from '../gemini/gemini-provider.js';
import { createOllamaProvider } from '../ollama/ollama-provider.js';
import type { Provider, ProviderCall } from '../provider.js';
import { amplyTimed } from './testing/amply-timed.js';
import { type CollectedAnswer, collectAnswer } from './testing/collect-answer.js';
import { readFixture, vendorCases } from './testing/vendor-cases.js';

// Here and not in the cases: only a test may know several providers.
const creators = { anthropic: createAnthropicProvider, gemini: createGeminiProvider, ollama: createOllamaProvider };

// Of no known form, so that nothing but its own value can give it away.
const plantedKey = 'planted0123456789abcdef';
const request = { messages: [{ role: 'user' as const, content: 'Hello' }] };

const pool: Pool = createPool({ maxConnections: 20 });
const upstreams: Upstream[] = [];
afterEach(async () => {
  vi.useRealTimers();
  await Promise.all(upstreams.splice(0).map((upstream) => upstream.stop()));
});
afterAll(() => pool.close());

async function start(answer: Answer): Promise<Upstream> {
  const upstream = await startUpstream(answer);
  upstreams.push(upstream);
  return upstream;
}

/** Everything that a careless log would print of an error. */
function toPrint(error: unknown): string {
  return inspect(error, { depth: 10, showHidden: true }) + JSON.stringify(error);
}

describe.each(vendorCases)('the provider of $vendor', (vendorCase) => {
  const { vendor, model, contentType, opening, keyHeader } = vendorCase;
  const whole = vendorCase.whole[0] ?? '';

  const connect = (baseUrl: string, timeouts: Partial<typeof amplyTimed> = {}): Provider =>
    creators[vendor]({ baseUrl, apiKey: plantedKey, models: [model], pool, timeouts: { ...amplyTimed, ...timeouts } });
  const createCall = (signal = new AbortController().signal): ProviderCall => ({ model, signal, requestId: 'r-1' });
  const stream = (baseUrl: string, timeouts: Partial<typeof amplyTimed> = {}): Promise<CollectedAnswer> =>
    collectAnswer(connect(baseUrl, timeouts).stream(request, createCall()));

  it('sends the key in a header only, and nothing of it in the URL or the body', async () => {
    const upstream = await start(answerWith(200, readFixture(vendor, whole), { 'content-type': contentType }));
    const { error } = await stream(upstream.url);
    expect(error).toBeUndefined();
    const [seen] = upstream.requests;
    expect(seen?.headers[keyHeader]).toContain(plantedKey);
    expect(seen?.headers).toMatchObject({ 'content-type': 'application/json', 'accept-encoding': 'identity' });
    expect(seen?.url + JSON.stringify(seen?.body)).not.toContain(plantedKey);
  });

  it('says before anything is sent what it has no way to carry', () => {
    const provider = connect('http://127.0.0.1:1');
    expect(provider.refuses?.(request, model)).toBeUndefined();
    const heard = [{ type: 'video_url' }] as unknown as string;
    expect(provider.refuses?.({ messages: [{ role: 'user', content: heard }] }, model)).toEqual({
      param: 'messages[0].content[0]',
      message: expect.stringContaining('Send text or image_url parts'),
      code: 'unsupported_value',
    });
  });

  it.each([
    ['audio', { voice: 'alloy', format: 'mp3' }],
    ['functions', [{ name: 'f', parameters: {} }]],
  ])('leaves a request with %s to others, rather than do without', (param, value) => {
    const provider = connect('http://127.0.0.1:1');
    expect(provider.refuses?.({ ...request, [param]: value }, model)).toMatchObject({ param });
    expect(provider.refuses?.({ ...request, [param]: null }, model)).toBeUndefined();
  });

  it.each<[string, object]>([
    ['messages[1].function_call', { role: 'assistant', content: null, function_call: { name: 'f', arguments: '{}' } }],
    ['messages[1].role', { role: 'function', name: 'f', content: '42' }],
  ])('leaves a conversation with %s to others', (param, message) => {
    const provider = connect('http://127.0.0.1:1');
    const messages = [...request.messages.slice(0, 1), message] as ChatRequest['messages'];
    expect(provider.refuses?.({ ...request, messages }, model)).toMatchObject({
      param,
      message: expect.stringContaining("'tools'"),
    });
  });

  it('answers whole', async () => {
    const body = readFixture(vendor, vendorCase.response);
    const upstream = await start(answerWith(200, body, { 'content-type': 'application/json' }));
    const completion = await connect(upstream.url).complete(request, createCall());
    expect(completion).toMatchObject({
      object: 'chat.completion',
      choices: [
        {
          index: 0,
          finish_reason: 'tool_calls',
          message: {
            role: 'assistant',
            content: 'One moment.',
            reasoning_content: expect.stringMatching(/./),
            tool_calls: [{ type: 'function', function: { name: 'weather', arguments: '{"city":"Ulm"}' } }],
          },
        },
      ],
    });
  });

  it('reads a stream that the network cuts anywhere', async () => {
    const bytes = readFixture(vendor, whole);
    let at = 0;
    const upstream = await start((response, index) => answerCutAt(bytes, at++, contentType)(response, index));
    const read = async (): Promise<void> => {
      while (at <= bytes.length) {
        const { completion, error } = await stream(upstream.url);
        expect(error).toBeUndefined();
        expect(completion.choices[0]?.message.content).toBe('Grüße aus Köln 🌉, "fünf"\nZeilen.');
      }
    };
    await Promise.all(Array.from({ length: 16 }, read));
    expect(upstream.requests.length).toBeGreaterThan(bytes.length);
  });

  it.each([
    ['<html>403 Forbidden</html>', 'http_error'],
    ['', 'http_error'],
    [
      JSON.stringify({ error: { message: 'no', type: 'permission_error', status: 'PERMISSION_DENIED' } }),
      'permission_error',
    ],
  ])('tells a 403 of a firewall from one of the API: %j', async (body, code) => {
    const upstream = await start(answerWith(403, body));
    expect((await stream(upstream.url)).error).toMatchObject({ code, status: 403, retryable: false });
  });

  it.each([
    [400, {}, { code: 'bad_request', retryable: false }],
    [401, {}, { code: 'authentication_error', retryable: false }],
    [403, {}, { retryable: false }],
    [404, {}, { code: 'not_found', retryable: false }],
    [413, {}, { code: 'request_too_large', retryable: false }],
    [429, { 'retry-after': '7' }, { code: 'rate_limited', retryable: true, retryAfterMs: 7000 }],
    [429, { 'retry-after-ms': '250' }, { code: 'rate_limited', retryable: true, retryAfterMs: 250 }],
    [500, { 'x-request-id': 'up-1' }, { code: 'server_error', retryable: true, requestId: 'up-1' }],
    [503, { 'x-should-retry': 'false' }, { code: 'server_error', retryable: false }],
    [529, {}, { code: 'overloaded', retryable: true }],
  ])('tells status %d, whatever its body, and never the key', async (status, headers, expected) => {
    const said = `Wrong key ${plantedKey}, or that one: sk-another-tenant-9876`;
    const bodies = [
      JSON.stringify({ error: { message: said, type: plantedKey, status: plantedKey, code: plantedKey } }),
      JSON.stringify({ error: said }),
      `<p>${said}</p>`,
      '',
    ];
    for (const body of bodies) {
      const upstream = await start(answerWith(status, body, headers));
      const { error } = await stream(upstream.url);
      const failed = await connect(upstream.url)
        .complete(request, createCall())
        .catch((thrown: unknown) => thrown);
      for (const thrown of [error, failed]) {
        expect(thrown).toMatchObject({ name: 'NovaError', status, ...expected });
        expect(toPrint(thrown)).not.toMatch(/planted|another-tenant/);
      }
    }
  });

  it('keeps the key out of an error that comes in the stream', async () => {
    const type = vendor === 'anthropic' ? '"type":"error",' : '';
    const body = `{${type}"error":{"type":"${plantedKey}","status":"${plantedKey}","message":"${plantedKey}"}}`;
    const frame = vendor === 'ollama' ? `${body}\n` : `data: ${body}\n\n`;
    const upstream = await start(answerWith(200, opening + frame, { 'content-type': contentType }));
    const { error } = await stream(upstream.url);
    expect(error).toMatchObject({ code: 'stream_error', retryable: true });
    expect(toPrint(error)).not.toContain('planted');
  });

  it('tells a refused connection', async () => {
    const upstream = await startUpstream(answerWith(200, ''));
    await upstream.stop();
    const { error } = await stream(upstream.url);
    expect(error).toMatchObject({ code: 'connection_error', retryable: true });
  });

  it.each<[name: string, answer: Answer, timeouts: Partial<typeof amplyTimed>, code: string]>([
    ['no headers', () => {}, { headersMs: 30 }, 'headers_timeout'],
    [
      'headers and no event',
      (response) => response.writeHead(200, { 'content-type': contentType }).flushHeaders(),
      { firstEventMs: 30 },
      'first_event_timeout',
    ],
    [
      'one event and no more',
      (response) => response.writeHead(200, { 'content-type': contentType }).write(opening),
      { idleMs: 30 },
      'idle_timeout',
    ],
    [
      'events without an end',
      (response) => {
        response.writeHead(200, { 'content-type': contentType });
        const timer = setInterval(() => response.write(opening), 5);
        response.once('close', () => clearInterval(timer));
      },
      // Ample for the headers, which on a busy machine would be what came too late.
      { totalMs: 1000 },
      'total_timeout',
    ],
  ])('gives up on %s and closes the socket', async (_, answer, timeouts, code) => {
    const upstream = await start(answer);
    const { error } = await stream(upstream.url, timeouts);
    expect(error).toMatchObject({ code });
    await upstream.whenIdle();
  });

  it.each(['stream', 'complete'] as const)('limits the whole call by one time, headers and body: %s', async (mode) => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    const type = mode === 'stream' ? contentType : 'application/json';
    const answer = {
      status: 200,
      headers: new Headers({ 'content-type': type }),
      body: new ReadableStream<Uint8Array>(),
      cancel: () => {},
    };
    const send = (): Promise<typeof answer> => new Promise((resolve) => setTimeout(() => resolve(answer), 700));
    const timeouts = { ...amplyTimed, totalMs: 1000 };
    const provider = creators[vendor]({
      baseUrl: 'http://x.test',
      apiKey: 'k',
      models: [model],
      pool: { send },
      timeouts,
    });
    let error: unknown;
    void (
      mode === 'stream'
        ? collectAnswer(provider.stream(request, createCall())).then((collected) => collected.error)
        : provider.complete(request, createCall()).catch((thrown: unknown) => thrown)
    ).then((end) => {
      error = end;
    });
    await vi.advanceTimersByTimeAsync(999);
    expect(error).toBeUndefined();
    await vi.advanceTimersByTimeAsync(1);
    expect(error).toMatchObject({ code: 'total_timeout' });
  });

  it('takes a reset after the end for an end, and one before it for a broken answer', async () => {
    const bytes = readFixture(vendor, whole);
    const reset =
      (body: Uint8Array | string): Answer =>
      (response) => {
        response.writeHead(200, { 'content-type': contentType });
        response.write(body, () => setTimeout(() => response.socket?.resetAndDestroy(), 20));
      };
    const ended = await start(reset(bytes));
    expect((await stream(ended.url)).error).toBeUndefined();
    const cut = await start(reset(opening));
    const { completion, error } = await stream(cut.url);
    expect(completion.choices[0]?.message.content).toBe('Hi');
    expect(error).toMatchObject({ code: 'stream_interrupted', retryable: true });
  });

  it.each<[name: string, answer: Answer, mode: 'stream' | 'complete']>([
    ['before the headers', () => {}, 'stream'],
    [
      'before the first event',
      (response) => response.writeHead(200, { 'content-type': contentType }).flushHeaders(),
      'stream',
    ],
    ['in mid-stream', (response) => response.writeHead(200, { 'content-type': contentType }).write(opening), 'stream'],
    ['of a whole answer', () => {}, 'complete'],
  ])('closes the socket at an abort %s', async (_, answer, mode) => {
    const abort = new AbortController();
    let abortedAt = 0;
    const upstream = await start((response, index) => {
      answer(response, index);
      setTimeout(() => {
        abortedAt = performance.now();
        abort.abort();
      }, 30);
    });
    const provider = connect(upstream.url);
    const call = createCall(abort.signal);
    const ended =
      mode === 'stream'
        ? collectAnswer(provider.stream(request, call)).then(({ error }) => error)
        : provider.complete(request, call).catch((thrown: unknown) => thrown);
    expect(await ended).toMatchObject({ code: 'aborted' });
    await upstream.whenIdle();
    // The promise is 100 ms; the rest is for a machine that is busy with other tests.
    expect(performance.now() - abortedAt).toBeLessThan(1000);
  });

  it('closes the socket when its reader leaves', async () => {
    const upstream = await start((response) => {
      response.writeHead(200, { 'content-type': contentType }).write(opening);
    });
    for await (const batch of connect(upstream.url).stream(request, createCall())) {
      if (batch.some(({ chunk }) => chunk.choices[0]?.delta.content)) break;
    }
    await upstream.whenIdle();
    expect(pool.stats(upstream.url).open).toBe(0);
  });

  it('sends nothing for a call that was aborted before', async () => {
    const upstream = await start(answerWith(200, ''));
    const { error } = await collectAnswer(connect(upstream.url).stream(request, createCall(AbortSignal.abort())));
    expect(error).toMatchObject({ code: 'aborted' });
    expect(upstream.requests).toHaveLength(0);
  });
});
