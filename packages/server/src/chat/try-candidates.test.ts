import { NovaError } from '@nova-chat/client/stream';
import { describe, expect, it, vi } from 'vitest';
import { createRouting } from '../routing/index.js';
import { createTestApp } from '../testing/create-test-app.js';
import { readSseText } from '../testing/read-sse-text.js';
import {
  answer,
  createScriptedProvider,
  type ScriptedProvider,
  type ScriptStep,
} from '../testing/scripted-provider.js';

const hello = { messages: [{ role: 'user', content: 'hi' }] };
const stream = { ...hello, stream: true };

function failing(name: string, code: NovaError['code'], more: Partial<NovaError> = {}): ScriptedProvider {
  return createScriptedProvider({ name, steps: () => [new NovaError({ code, message: 'planted', ...more })] });
}

/** Fails so often, and answers then. */
function recovering(name: string, failures: number, error: NovaError): ScriptedProvider {
  const steps = (index: number): ScriptStep[] => (index < failures ? [error] : answer('back ', 'again'));
  return createScriptedProvider({ name, steps });
}

const broken = new NovaError({ code: 'server_error', message: 'planted', status: 500 });
const config = { retryDelaysMs: [1, 1, 1] };

describe.each([
  ['streamed', stream],
  ['whole', hello],
])('an answer that is %s', (_name, body) => {
  it('asks the last candidate again, and only the last', async () => {
    const first = failing('first', 'server_error', { status: 500 });
    const last = recovering('last', 2, broken);
    const response = await createTestApp({ providers: [first, last], config }).ask(body);
    expect(response.status).toBe(200);
    expect(first.calls).toHaveLength(1);
    expect(last.calls).toHaveLength(3);
    expect(await response.text()).toContain('again');
  });

  it('gives up after the tuple, with one entry an attempt', async () => {
    // 408 and 425 are retryable, and say nothing that opens a breaker.
    const only = failing('only', 'http_error', { status: 425, retryable: true });
    const response = await createTestApp({ providers: [only], config }).ask(body);
    expect(response.status).toBe(502);
    expect(response.headers.get('x-should-retry')).toBe('false');
    const { error } = (await response.json()) as { error: { attempts: unknown[] } };
    expect(error.attempts).toHaveLength(4);
    expect(only.calls).toHaveLength(4);
  });

  it.each<[string, Partial<NovaError>]>([
    ['must not be asked again', { status: 503, retryable: false }],
    ['asks to wait for longer than a minute', { status: 503, retryAfterMs: 60_001 }],
  ])('asks a provider once that %s', async (_case, more) => {
    const only = failing('only', 'server_error', more);
    const response = await createTestApp({ providers: [only], config }).ask(body);
    expect(response.status).toBe(502);
    expect(only.calls).toHaveLength(1);
  });

  it('waits as long as the provider asks, and not as long as the tuple says', async () => {
    const limit = new NovaError({ code: 'rate_limited', message: 'planted', status: 429, retryAfterMs: 60 });
    const only = recovering('only', 1, limit);
    const startedAt = performance.now();
    const response = await createTestApp({ providers: [only], config: { retryDelaysMs: [30_000] } }).ask(body);
    expect(response.status).toBe(200);
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(59);
  });

  it('begins nothing when the time for the first word is over', async () => {
    const only = failing('only', 'server_error', { status: 500 });
    const response = await createTestApp({
      providers: [only],
      config: { retryDelaysMs: [10_000], startMs: 5_000 },
    }).ask(body);
    expect(response.status).toBe(502);
    expect(only.calls).toHaveLength(1);
  });

  it('goes on to the next provider without asking one whose breaker is open', async () => {
    const first = failing('first', 'connection_error');
    const second = createScriptedProvider({ name: 'second', steps: () => answer('x') });
    const test = createTestApp({ providers: [first, second] });
    for (let index = 0; index < 6; index += 1) await (await test.ask(body)).text();
    expect(first.calls).toHaveLength(3);
    expect(second.calls).toHaveLength(6);
    const named = await test.ask({ ...body, model: 'first/one' });
    expect(named.status).toBe(503);
    expect(Number(named.headers.get('retry-after'))).toBe(1);
    expect(named.headers.get('x-should-retry')).toBeNull();
    expect(await named.json()).toMatchObject({ error: { code: 'service_unavailable', type: 'server_error' } });
    expect(first.calls).toHaveLength(3);
  });

  it.each(['unsupported_value', 'unsupported_parameter'])(
    'asks the next one for what the model of the first has no way to take (%s)',
    async (code) => {
      const refusal = { message: 'Not with this model.', type: 'invalid_request_error', param: 'temperature', code };
      const first = failing('first', 'bad_request', { status: 400, body: refusal });
      const second = createScriptedProvider({ name: 'second', steps: () => answer('x') });
      const test = createTestApp({ providers: [first, second] });
      const response = await test.ask({ ...body, temperature: 0.2 });
      expect([response.status, response.headers.get('nova-provider')]).toEqual([200, 'second']);
      const alone = await test.ask({ ...body, temperature: 0.2, model: 'first/one' });
      expect(alone.status).toBe(400);
      expect(await alone.json()).toMatchObject({ error: refusal });
    },
  );

  it.each<[string, NovaError['code'], number | undefined, string | null, string, ownWord?: string]>([
    [
      'a quota',
      'request_too_large',
      413,
      'rate_limit_exceeded',
      'Request too large: Limit 6000.',
      'rate_limit_exceeded',
    ],
    ['OpenAI', 'bad_request', 400, 'context_length_exceeded', 'Your messages resulted in 9000 tokens.'],
    ['Anthropic', 'bad_request', 400, 'invalid_request_error', 'prompt is too long: 212 tokens > 200 maximum'],
    [
      'Anthropic, with its limit',
      'bad_request',
      400,
      null,
      'input length and `max_tokens` exceed context limit: 9 > 8',
    ],
    [
      'Gemini',
      'bad_request',
      400,
      'INVALID_ARGUMENT',
      'The input token count (9) exceeds the maximum number of tokens',
    ],
    ['vLLM', 'bad_request', 400, '400', "This model's maximum context length is 4096 tokens."],
    ['xAI', 'bad_request', 400, null, "This model's maximum prompt length is 131072 but the request contains 538464."],
    ['a stream that had begun', 'stream_error', undefined, '400', 'No.', '400'],
  ])(
    'asks the next one for what is too long for the first, as told by %s',
    async (_case, code, status, word, message, told = 'context_length_exceeded') => {
      const refusal = { message, type: 'invalid_request_error', param: null, code: word };
      const first = failing('first', code, { ...(status ? { status } : {}), body: refusal });
      const second = createScriptedProvider({ name: 'second', steps: () => answer('x') });
      const test = createTestApp({ providers: [first, second] });
      const response = await test.ask(body);
      expect([response.status, response.headers.get('nova-provider')]).toEqual([200, 'second']);
      for (let index = 0; index < 5; index += 1) {
        const alone = await test.ask({ ...body, model: 'first/one' });
        expect(alone.status).toBe(status ?? 400);
        expect(await alone.json()).toMatchObject({ error: { code: told, message } });
      }
    },
  );

  it.each<[string, number, string, string[]]>([
    ['a failure of the first', 502, 'upstream_error', ['first', 'second']],
    ['the same of all', 404, 'model_not_found', []],
  ])('tells a model that the last one does not have as %s', async (_case, status, code, asked) => {
    const missing = { message: 'No such model.', type: 'invalid_request_error', param: null, code: 'model_not_found' };
    const away = failing('first', status === 404 ? 'not_found' : 'http_error', { status, body: missing });
    const second = failing('second', 'not_found', { status: 404, body: missing });
    const response = await createTestApp({ providers: [away, second] }).ask(body);
    expect(response.status).toBe(status);
    const { error } = (await response.json()) as { error: { code: string; attempts?: { provider: string }[] } };
    expect(error.code).toBe(code);
    expect(error.attempts?.map(({ provider }) => provider) ?? []).toEqual(asked);
  });

  it('does not hold faults of the caller against the provider', async () => {
    const only = failing('only', 'bad_request', { status: 400 });
    const test = createTestApp({ providers: [only] });
    for (let index = 0; index < 10; index += 1) expect((await test.ask(body)).status).toBe(400);
  });
});

it('tells all limited from all broken', async () => {
  const test = createTestApp({ providers: [failing('only', 'rate_limited', { status: 429, retryAfterMs: 9_000 })] });
  for (const attempts of [1, undefined]) {
    const response = await test.ask(stream);
    expect(response.status).toBe(429);
    expect(response.headers.get('retry-after')).toBe('9');
    const { error } = (await response.json()) as { error: { attempts?: unknown[] } };
    expect(error.attempts?.length).toBe(attempts);
  }
});

it('tells a caller of no longer wait than the server itself keeps', async () => {
  const limit = { status: 429, retryAfterMs: 99_999_000 };
  const test = createTestApp({ providers: [failing('only', 'rate_limited', limit)] });
  const waits = [await test.ask(hello), await test.ask(hello)].map(({ headers }) => headers.get('retry-after'));
  expect(waits).toEqual(['300', '300']);
});

it('says when to ask again, when a provider that takes no more did not', async () => {
  const test = createTestApp({ providers: [failing('only', 'rate_limited', { status: 429 })] });
  for (const _ of ['that met it', 'that comes too early']) {
    const response = await test.ask(stream);
    expect(response.status).toBe(429);
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
  }
});

it.each([
  ['refused credentials', 'authentication_error', 401],
  ['an empty account', 'insufficient_quota', 429],
] as const)('keeps away from %s, and says whose affair it is', async (_what, code, status) => {
  const onMisconfigured = vi.fn();
  const only = failing('only', code, { status });
  const test = createTestApp({ providers: [only], routing: createRouting({ onMisconfigured }) });
  for (let index = 0; index < 3; index += 1) {
    const response = await test.ask(stream);
    expect(response.status).toBe(502);
    expect(response.headers.get('x-should-retry')).toBe('false');
    expect(await response.json()).toMatchObject({
      error: { code: 'upstream_auth_error', message: expect.stringContaining('key or its credit') },
    });
  }
  expect(only.calls).toHaveLength(1);
  expect(onMisconfigured).toHaveBeenCalledExactlyOnceWith('only', code);
});

it('lets exactly one of 50 callers test a provider that was sick', async () => {
  let time = 0;
  let isWell = false;
  const sick = createScriptedProvider({
    name: 'sick',
    steps: () =>
      isWell ? [{ waitMs: 50 }, ...answer('well')] : [new NovaError({ code: 'stream_error', message: 'x' })],
  });
  const second = createScriptedProvider({ name: 'second', steps: () => answer('second') });
  const test = createTestApp({ providers: [sick, second], routing: createRouting({ now: () => time }) });
  for (let index = 0; index < 3; index += 1) await (await test.ask(stream)).text();
  isWell = true;
  time = 1_001;
  const before = sick.calls.length;
  const responses = await Promise.all(Array.from({ length: 50 }, () => test.ask(stream)));
  const texts = await Promise.all(responses.map(async (response) => readSseText(await response.text()).text));
  expect(sick.calls.length - before).toBe(1);
  expect(texts.filter((text) => text === 'well')).toHaveLength(1);
  expect(texts.filter((text) => text === 'second')).toHaveLength(49);
});

it('asks those back soon who come while one tests the only provider', async () => {
  let time = 0;
  let isWell = false;
  const only = createScriptedProvider({
    name: 'only',
    steps: () => (isWell ? ['hang'] : [new NovaError({ code: 'stream_error', message: 'x' })]),
  });
  const test = createTestApp({
    providers: [only],
    routing: createRouting({ now: () => time }),
    config: { peekMs: 20 },
  });
  for (let index = 0; index < 3; index += 1) await (await test.ask(stream)).text();
  isWell = true;
  time = 1_001;
  const probe = await test.ask(stream);
  const other = await test.ask(stream);
  expect([other.status, other.headers.get('retry-after')]).toEqual([503, '1']);
  await probe.body?.cancel();
});

it('cuts an attempt off when nothing was said in time', async () => {
  const silent = createScriptedProvider({ name: 'silent', steps: () => ['hang'] });
  const response = await createTestApp({ providers: [silent], config: { startMs: 40, retryDelaysMs: [1] } }).ask(
    stream,
  );
  expect(response.status).toBe(504);
  expect(await response.json()).toMatchObject({
    error: { code: 'upstream_timeout', attempts: [{ provider: 'silent' }] },
  });
  expect(silent.calls).toHaveLength(1);
});

it('does not cut off what has begun to speak', async () => {
  const slow = createScriptedProvider({
    name: 'slow',
    steps: () => [...answer('one ').slice(0, 2), { waitMs: 120 }, ...answer('two').slice(1)],
  });
  const response = await createTestApp({ providers: [slow], config: { startMs: 60 } }).ask(stream);
  expect(readSseText(await response.text())).toMatchObject({ text: 'one two', errors: [] });
});

it('asks no more for a caller who leaves during a wait', async () => {
  const only = failing('only', 'server_error', { status: 500 });
  const test = createTestApp({ providers: [only], config: { retryDelaysMs: [30_000], peekMs: 10 } });
  const response = await test.ask(stream);
  const reader = response.body?.getReader();
  await reader?.read();
  await reader?.cancel();
  await vi.waitFor(() => expect(test.lines()[0]).toMatchObject({ outcome: 'aborted' }));
  expect(only.calls).toHaveLength(1);
});

it('reports the health of each provider and each model', async () => {
  const providers = [
    failing('first', 'connection_error'),
    createScriptedProvider({ name: 'second', steps: () => answer('x') }),
  ];
  const test = createTestApp({ providers, poolStats: (name) => (name === 'first' ? { open: 1 } : undefined) });
  expect((await test.app.request('/ready')).status).toBe(200);
  for (let index = 0; index < 4; index += 1) await (await test.ask(stream)).text();
  const response = await test.app.request('/providers/health');
  expect(response.headers.get('cache-control')).toBe('no-store');
  const text = await response.text();
  expect(JSON.parse(text)).toMatchObject({
    object: 'list',
    data: [
      {
        provider: 'first',
        healthy: false,
        breaker: 'open',
        last_error: { class: 'connection_error', at: expect.any(String) },
        total_calls: 3,
        failed_calls: 3,
        success_rate: 0,
        retry_at: expect.any(String),
        in_flight: 0,
        pool: { open: 1 },
        models: [{ model: 'one', breaker: 'open' }],
      },
      {
        provider: 'second',
        healthy: true,
        breaker: 'closed',
        last_error: null,
        total_calls: 4,
        success_rate: 1,
        p50_ms: expect.any(Number),
        p95_ms: expect.any(Number),
        first_token_p50_ms: expect.any(Number),
        retry_at: null,
        pool: null,
      },
    ],
  });
  expect(text).not.toContain('planted');
  expect((await test.app.request('/ready')).status).toBe(200);
});

it('is not ready when nobody can be asked', async () => {
  const test = createTestApp({ providers: [failing('only', 'connection_error')] });
  for (let index = 0; index < 3; index += 1) await test.ask(stream);
  const response = await test.app.request('/ready');
  expect(response.status).toBe(503);
  expect(response.headers.get('retry-after')).toBe('1');
  expect((await test.app.request('/health')).status).toBe(200);
});
