import type { ChatChunk } from '@nova-chat/client/protocol';
import { NovaError } from '@nova-chat/client/stream';
import { describe, expect, it, vi } from 'vitest';
import { createTestApp } from '../testing/create-test-app.js';
import { readSseText } from '../testing/read-sse-text.js';
import {
  answer,
  chunk,
  createScriptedProvider,
  type ScriptedProvider,
  type ScriptStep,
  usageChunk,
} from '../testing/scripted-provider.js';

const hello = { messages: [{ role: 'user', content: 'hi' }] };
const stream = { ...hello, stream: true };

function scripted(name: string, ...steps: ScriptStep[]): ScriptedProvider {
  return createScriptedProvider({ name, steps: () => steps });
}

function failure(code: NovaError['code'], more: Partial<NovaError> = {}): NovaError {
  return new NovaError({ code, message: `planted ${code}`, ...more });
}

const healthy = (): ScriptedProvider => scripted('second', ...answer('from ', 'second'));

describe('a stream', () => {
  it("is in OpenAI's format, with an id on every event and our member on the first chunk", async () => {
    const response = await createTestApp().ask(stream);
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
      'nova-provider': 'scripted',
      'x-request-id': expect.stringMatching(/^req_/),
      'access-control-allow-origin': '*',
    });
    const { ids, events, text } = readSseText(await response.text());
    expect(text).toBe('Hello');
    const streamId = (events[0] as { nova: { stream_id: string } }).nova.stream_id;
    expect(streamId).toMatch(/^st_[\w-]{22}$/);
    expect(events[0]).toMatchObject({ object: 'chat.completion.chunk', nova: { provider: 'scripted' } });
    expect(events[1]).not.toHaveProperty('nova');
    expect(ids).toEqual(events.map((_, index) => `${streamId}:${index}`));
    expect(events.at(-2)).toMatchObject({ choices: [{ finish_reason: 'stop' }] });
    expect(events.at(-1)).toBe('[DONE]');
  });

  it('keeps members that nobody here knows', async () => {
    const odd = { ...chunk({ content: 'x', own: { deep: [1] } }), system_fingerprint: 'fp', x_own: true };
    const test = createTestApp({ providers: [scripted('odd', odd, chunk({}, 'stop'))] });
    const { events } = readSseText(await (await test.ask(stream)).text());
    expect(events[0]).toMatchObject(odd);
  });

  it.each<[string, (piece: string) => ChatChunk['choices'][number]['delta']]>([
    ['calls in the form before tools', (piece) => ({ function_call: { arguments: piece } })],
    ['speech', (piece) => ({ audio: { data: piece } })],
    ['pictures', (piece) => ({ images: [{ image_url: { url: piece } }] })],
    ['members that nobody here knows', (piece) => ({ own: piece })],
  ])('hands on all of %s, with one provider and with another in reserve', async (_name, toDelta) => {
    const pieces = Array.from({ length: 1_200 }, (_value, index) => `${index},`);
    const said = pieces.map((piece) => chunk(toDelta(piece)));
    const first = scripted('first', chunk({ role: 'assistant', content: '' }), ...said, chunk({}, 'stop'));
    for (const providers of [[first], [first, healthy()]]) {
      const { events } = readSseText(await (await createTestApp({ providers }).ask(stream)).text());
      const deltas = events.flatMap((event) =>
        event === '[DONE]' ? [] : [(event as unknown as ChatChunk).choices[0]],
      );
      expect(deltas.slice(1, -1).map((choice) => choice?.delta)).toEqual(pieces.map(toDelta));
    }
  });

  it('begins with few of the empty chunks that came before the first word', async () => {
    const empty = Array.from({ length: 400 }, () => chunk({ role: 'assistant', content: '' }));
    const { events } = readSseText(
      await (await createTestApp({ providers: [scripted('shy', ...empty, ...answer('x'))] }).ask(stream)).text(),
    );
    expect(events.length).toBeLessThan(40);
  });

  it.each([
    ['hides usage from a caller that did not ask', undefined, false],
    ['hides usage from a caller that said no', { include_usage: false }, false],
    ['gives usage to a caller that asked', { include_usage: true }, true],
  ])('%s, and logs it', async (_name, options, shown) => {
    const chunks = answer('x').map((one) => ({ ...one, usage: null }));
    const test = createTestApp({ providers: [scripted('counting', ...chunks, usageChunk)] });
    const body = await (await test.ask({ ...stream, ...(options ? { stream_options: options } : {}) })).text();
    expect(body.includes('usage')).toBe(shown);
    expect(body.includes('"total_tokens":5')).toBe(shown);
    await vi.waitFor(() => expect(test.lines()[0]).toMatchObject({ prompt_tokens: 3, completion_tokens: 2 }));
  });

  it('keeps a silent connection open with comments', async () => {
    const provider = scripted('slow', chunk({ content: 'a' }), { waitMs: 100 }, chunk({ content: 'b' }, 'stop'));
    const test = createTestApp({ providers: [provider], config: { keepAliveMs: 20 } });
    const { comments, text } = readSseText(await (await test.ask(stream)).text());
    expect(comments.length).toBeGreaterThanOrEqual(2);
    expect(text).toBe('ab');
  });

  it('puts events that come together into one write', async () => {
    const response = await createTestApp().ask(stream);
    const first = await response.body?.getReader().read();
    const { text, events } = readSseText(new TextDecoder().decode(first?.value));
    expect(text).toBe('Hello');
    expect(events.at(-1)).toBe('[DONE]');
  });

  it('does not read the provider far ahead of a reader that does not read', async () => {
    let given = 0;
    const provider = createScriptedProvider({ steps: () => [] });
    const big = 'x'.repeat(1_000);
    provider.stream = async function* () {
      for (given = 0; given < 10_000; given += 1) yield [{ chunk: chunk({ content: big }) }];
    };
    const response = await createTestApp({ providers: [provider] }).ask(stream);
    const reader = response.body?.getReader();
    await reader?.read();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(given).toBeLessThan(500);
    await reader?.cancel();
  });

  it('is not held up by a reader that has gone without a word, as long as another can have it all', async () => {
    const big = 'x'.repeat(1_000);
    const provider = scripted('long', ...answer(...Array.from({ length: 500 }, () => big)));
    const test = createTestApp({ providers: [provider] });
    const first = await test.ask(stream, { 'nova-resume': '60' });
    const second = await test.app.request(`/v1/chat/streams/${first.headers.get('nova-stream-id')}`);
    expect(readSseText(await second.text()).text).toHaveLength(500_000);
    await first.body?.cancel();
  });

  it('does not read far ahead of a slow reader once nobody can come back', async () => {
    let given = 0;
    const provider = createScriptedProvider({ steps: () => [] });
    const big = 'x'.repeat(1_000);
    provider.stream = async function* () {
      for (given = 0; given < 10_000; given += 1) yield [{ chunk: chunk({ content: big }) }];
    };
    const response = await createTestApp({ providers: [provider] }).ask(stream, { 'nova-resume': '60' });
    const reader = response.body?.getReader();
    await reader?.read();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(given).toBeLessThan(1_500);
    await reader?.cancel();
  });

  it('ends the call when the reader leaves, and logs it as aborted', async () => {
    const provider = scripted('endless', chunk({ content: 'a' }), 'hang');
    const test = createTestApp({ providers: [provider] });
    const response = await test.ask(stream);
    const reader = response.body?.getReader();
    await reader?.read();
    await reader?.cancel();
    expect(provider.calls[0]?.call.signal.aborted).toBe(true);
    await vi.waitFor(() => expect(test.lines()[0]).toMatchObject({ outcome: 'aborted', provider: 'endless' }));
  });
});

describe('before the first content', () => {
  const missing = { message: 'No such model.', type: 'invalid_request_error', param: null, code: 'model_not_found' };
  const faults: [string, ScriptStep[]][] = [
    ['cannot be reached', [failure('connection_error')]],
    ['is overloaded', [failure('overloaded', { status: 529 })]],
    ['refuses our key', [failure('authentication_error', { status: 401 })]],
    ['is limited', [failure('rate_limited', { status: 429, retryAfterMs: 5_000 })]],
    ['does not have the configured model', [failure('not_found', { status: 404, body: missing })]],
    ['is not at its address', [failure('not_found', { status: 404 })]],
    ['breaks after its role', [chunk({ role: 'assistant', content: '' }), failure('stream_interrupted')]],
    ['sends an error as its first event', [failure('stream_error')]],
    ['ends with nothing said', [chunk({ role: 'assistant' })]],
    ['throws something that is no NovaError', [new TypeError('a bug')]],
  ];

  it.each(faults)('a provider that %s falls over at once, streamed and whole', async (_name, steps) => {
    for (const body of [stream, hello]) {
      const test = createTestApp({ providers: [scripted('first', ...steps), healthy()] });
      const response = await test.ask(body);
      expect(response.status).toBe(200);
      expect(response.headers.get('nova-provider')).toBe('second');
      if (body === hello) continue;
      const { text, events, errors } = readSseText(await response.text());
      expect(text).toBe('from second');
      expect(errors).toEqual([]);
      expect(events.filter((event) => JSON.stringify(event).includes('assistant'))).toHaveLength(1);
      await vi.waitFor(() =>
        expect(test.lines().at(-1)).toMatchObject({
          attempts: 2,
          failures: [{ provider: 'first', class: expect.stringMatching(/^[a-z_]+$/) }],
          outcome: 'complete',
        }),
      );
    }
  });

  it.each<[string, NovaError, number, string, string]>([
    ['connection refused', failure('connection_error'), 502, 'server_error', 'upstream_unavailable'],
    ['a refused key', failure('authentication_error', { status: 401 }), 502, 'server_error', 'upstream_auth_error'],
    ['a forbidden model', failure('permission_error', { status: 403 }), 502, 'server_error', 'upstream_auth_error'],
    [
      'a limit',
      failure('rate_limited', { status: 429, retryAfterMs: 2_500 }),
      429,
      'rate_limit_error',
      'rate_limit_exceeded',
    ],
    ['no headers in time', failure('headers_timeout'), 504, 'server_error', 'upstream_timeout'],
    ['no content in time', failure('first_event_timeout'), 504, 'server_error', 'upstream_timeout'],
    ['a fault of the provider', failure('server_error', { status: 500 }), 502, 'server_error', 'upstream_error'],
    ['an HTML page', failure('unexpected_content_type', { status: 200 }), 502, 'server_error', 'upstream_error'],
    ['a cut stream', failure('stream_truncated'), 502, 'server_error', 'upstream_stream_interrupted'],
  ])('with one provider, %s has a true status', async (_name, error, status, type, code) => {
    for (const body of [stream, hello]) {
      const response = await createTestApp({ providers: [scripted('only', error)] }).ask(body);
      expect(response.status).toBe(status);
      expect(response.headers.get('x-should-retry')).toBe('false');
      expect(response.headers.get('retry-after')).toBe(status === 429 ? '3' : null);
      const text = await response.text();
      expect(JSON.parse(text)).toMatchObject({
        error: {
          type,
          code,
          param: null,
          attempts: [
            {
              provider: 'only',
              code: expect.any(String),
              status: error.status ?? null,
              latency_ms: expect.any(Number),
            },
          ],
        },
      });
      expect(text).not.toContain('planted');
    }
  });

  it('lists every attempt when all have failed, and asks to wait the shortest of the waits', async () => {
    const limited = (name: string, retryAfterMs: number): ScriptedProvider =>
      scripted(name, failure('rate_limited', { status: 429, retryAfterMs }));
    const mixed = await createTestApp({
      providers: [scripted('a', failure('connection_error')), scripted('b', failure('idle_timeout'))],
    }).ask(stream);
    expect(mixed.status).toBe(502);
    expect(await mixed.json()).toMatchObject({
      error: { code: 'upstream_error', attempts: [{ code: 'upstream_unavailable' }, { code: 'upstream_timeout' }] },
    });
    const all = await createTestApp({ providers: [limited('a', 9_000), limited('b', 4_000)] }).ask(stream);
    expect(all.status).toBe(429);
    expect(all.headers.get('retry-after')).toBe('4');
  });

  it.each([400, 413, 422])(
    'a fault of the caller (%i) does not fall over and comes back in our shape',
    async (status) => {
      const body = { message: 'max_tokens is too large', type: 'odd_type', param: 'max_tokens', code: 'too_big' };
      const second = healthy();
      for (const request of [stream, hello]) {
        const response = await createTestApp({
          providers: [scripted('first', failure('bad_request', { status, body })), second],
        }).ask(request);
        expect(response.status).toBe(status);
        expect(await response.json()).toEqual({
          error: { message: body.message, type: 'invalid_request_error', param: 'max_tokens', code: 'too_big' },
        });
      }
      expect(second.calls).toHaveLength(0);
    },
  );

  it('asks nobody else when the caller named the model', async () => {
    const second = healthy();
    const test = createTestApp({ providers: [scripted('first', failure('connection_error')), second] });
    const response = await test.ask({ ...stream, model: 'first/one' });
    expect(response.status).toBe(502);
    expect(second.calls).toHaveLength(0);
  });

  it('gives the provider its own name of the model', async () => {
    const provider = createScriptedProvider({ name: 'p', models: ['org/m'], steps: () => answer('x') });
    await createTestApp({ providers: [provider] }).ask({ ...hello, model: 'p/org/m' });
    expect(provider.calls[0]?.call.model).toBe('org/m');
  });
});

describe('when the peek is over and nothing was said', () => {
  const config = { peekMs: 30 };

  it('commits with a comment, and a later answer comes whole', async () => {
    const slow = scripted('slow', { waitMs: 80 }, ...answer('late'));
    const response = await createTestApp({ providers: [slow], config }).ask(stream);
    expect(response.status).toBe(200);
    const { comments, text, events } = readSseText(await response.text());
    expect(comments).toContain(': keep-alive');
    expect(text).toBe('late');
    expect(events.at(-1)).toBe('[DONE]');
  });

  it('still tries the next provider', async () => {
    const slow = scripted('slow', { waitMs: 80 }, failure('first_event_timeout'));
    const response = await createTestApp({ providers: [slow, healthy()], config }).ask(stream);
    const { text, events } = readSseText(await response.text());
    expect(text).toBe('from second');
    expect(events[0]).toMatchObject({ nova: { provider: 'second' } });
  });

  it('says in-band that all have failed, without [DONE]', async () => {
    const slow = scripted('slow', { waitMs: 80 }, failure('first_event_timeout'));
    const test = createTestApp({ providers: [slow], config });
    const response = await test.ask(stream);
    expect(response.status).toBe(200);
    const { errors, events } = readSseText(await response.text());
    expect(errors).toEqual([
      expect.objectContaining({
        type: 'server_error',
        code: 'upstream_timeout',
        param: null,
        message: expect.any(String),
      }),
    ]);
    expect(events).not.toContain('[DONE]');
    await vi.waitFor(() =>
      expect(test.lines()[0]).toMatchObject({ status: 200, outcome: 'failed', code: 'upstream_timeout' }),
    );
  });
});

it.each(['stop', 'terminate, continue', 'false'])('refuses Nova-On-Failure: %s', async (value) => {
  const response = await createTestApp().ask(hello, { 'nova-on-failure': value });
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ error: { code: 'invalid_value', param: 'Nova-On-Failure' } });
});

it.each(['', 'Continue', ' TERMINATE '])('takes Nova-On-Failure: "%s"', async (value) => {
  expect((await createTestApp().ask(hello, { 'nova-on-failure': value })).status).toBe(200);
});

it("calls it our fault, not the caller's, that nobody is at the address of a provider", async () => {
  const test = createTestApp({
    providers: [scripted('only', failure('not_found', { status: 404 }))],
  });
  const response = await test.ask(hello);
  expect([response.status, await response.json()]).toMatchObject([502, { error: { code: 'upstream_error' } }]);
  expect(test.lines()[0]).toMatchObject({ failures: [{ class: 'not_found' }] });
});

describe('after the first content', () => {
  it.each<[NovaError['code'], string]>([
    ['stream_interrupted', 'upstream_stream_interrupted'],
    ['stream_truncated', 'upstream_stream_interrupted'],
    ['idle_timeout', 'upstream_timeout'],
    ['total_timeout', 'upstream_timeout'],
    ['stream_error', 'upstream_error'],
    ['invalid_stream', 'upstream_error'],
  ])('%s ends the stream with one error and no [DONE] when nobody is to go on', async (code, word) => {
    const second = healthy();
    const test = createTestApp({ providers: [scripted('first', chunk({ content: 'par' }), failure(code)), second] });
    const { text, errors, events, ids } = readSseText(
      await (await test.ask(stream, { 'nova-on-failure': 'terminate' })).text(),
    );
    expect(text).toBe('par');
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatchObject({ type: 'server_error', code: word, param: null });
    expect(JSON.stringify(errors)).not.toContain('planted');
    expect(events.at(-1)).toHaveProperty('error');
    expect(ids).toHaveLength(events.length);
    expect(second.calls).toHaveLength(0);
    await vi.waitFor(() => expect(test.lines()[0]).toMatchObject({ outcome: 'failed', code: word }));
  });

  it('a bug of ours is an error in the stream and a stack in the log', async () => {
    const test = createTestApp({ providers: [scripted('first', chunk({ content: 'par' }), new TypeError('a bug'))] });
    const { errors } = readSseText(await (await test.ask(stream)).text());
    expect(errors[0]).toMatchObject({ code: 'provider_error' });
    await vi.waitFor(() => expect(test.lines().some((line) => line['msg'] === 'internal error')).toBe(true));
  });
});

describe('a whole answer', () => {
  it("is in OpenAI's format and says who gave it", async () => {
    const response = await createTestApp().ask(hello);
    expect(response.headers.get('nova-provider')).toBe('scripted');
    expect(await response.json()).toMatchObject({
      object: 'chat.completion',
      choices: [{ index: 0, message: { role: 'assistant', content: 'Hello' }, finish_reason: 'stop' }],
      usage: { total_tokens: 5 },
      nova: { provider: 'scripted', attempts: 1 },
    });
  });

  it('asks nobody for a caller who has left already', async () => {
    const provider = healthy();
    const { app } = createTestApp({ providers: [provider] });
    const left = new Request('http://local/v1/chat/completions', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(hello),
    });
    Object.defineProperty(left, 'signal', { value: AbortSignal.abort() });
    expect((await app.request(left)).status).toBe(499);
    expect(provider.calls).toHaveLength(0);
  });
});
