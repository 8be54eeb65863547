import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import OpenAI from 'openai';
import { describe, it } from 'vitest';
import { type FaultScript, type FaultStep, startFaultServer } from '../support/fault-server.js';
import { healthy } from './healthy-provider.js';
import { serve } from './serve.js';
import { data, delta, done, finish, head, role, text, wholeText } from './wire.js';

/** What users of other gateways complain about, as far as no other test here is about it. */

interface Health {
  data: { provider: string; total_calls: number; failed_calls: number; in_flight: number; last_error: object | null }[];
}
const readHealth = async (url: string): Promise<Health['data']> =>
  ((await (await fetch(`${url}/providers/health`)).json()) as Health).data;

const toRequest = (body: unknown, headers: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', ...headers },
  body: typeof body === 'string' ? body : JSON.stringify(body),
});
const messages = [{ role: 'user' as const, content: 'Hello?' }];

it.concurrent('a cut stream counts as a failure of its provider', async ({ expect }) => {
  await using upstream = await startFaultServer(() => [head(200), { send: role + text('Hel') }, 'end']);
  await using server = await serve([upstream.url]);
  for (const stream of [true, false]) await server.ask({ stream });
  // The whole answer is asked for once more.
  expect((await readHealth(server.url))[0]).toMatchObject({
    failed_calls: 3,
    in_flight: 0,
    last_error: { class: 'stream_truncated' },
  });
});

it.concurrent('every token leaves as it comes, not packed and not held back', async ({ expect }) => {
  let goOn = Promise.withResolvers<void>();
  const words = ['one ', 'two ', 'three'];
  using upstream = await startHandedProvider(words, () => goOn.promise);
  await using server = await serve([upstream.url], { IDLE_TIMEOUT_MS: '9000', TOTAL_TIMEOUT_MS: '9500' });
  const response = await fetch(
    `${server.url}/v1/chat/completions`,
    toRequest({ stream: true, messages }, { 'accept-encoding': 'gzip, br' }),
  );
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store, no-transform',
    'x-accel-buffering': 'no',
  });
  expect(response.headers.get('content-encoding')).toBeNull();
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let raw = '';
  for (const word of words) {
    // The provider says the next word only when this one has arrived.
    while (!raw.includes(JSON.stringify(word))) raw += (await reader?.read())?.value ?? '';
    const { resolve } = goOn;
    goOn = Promise.withResolvers();
    resolve();
  }
  expect(raw).not.toContain('[DONE]');
  for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) raw += next.value;
  expect(raw).toContain('[DONE]');
});

/** A provider that says a word, waits until it may go on, and so forth. */
async function startHandedProvider(words: readonly string[], mayGoOn: () => Promise<void>): Promise<Handed> {
  const server = createServer(async (request, response) => {
    request.resume();
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write(role);
    for (const word of words) {
      response.write(text(word));
      await mayGoOn();
    }
    response.end(finish + done);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, [Symbol.dispose]: () => void server.close() };
}

interface Handed extends Disposable {
  url: string;
}

const call = (members: Record<string, unknown>): string => delta({ tool_calls: [members] });
const fn = (name: string | undefined, args: string): object => ({ ...(name ? { name } : {}), arguments: args });

describe.concurrent('two calls of tools at once', () => {
  it.for<[name: string, events: string[]]>([
    [
      'in fragments in turn',
      [
        call({ index: 0, id: 'a', type: 'function', function: fn('f', '{"x"') }),
        call({ index: 1, id: 'b', type: 'function', function: fn('g', '{"y"') }),
        call({ index: 0, function: fn(undefined, ':1}') }),
        call({ index: 1, function: fn(undefined, ':2}') }),
      ],
    ],
    [
      'without an index',
      [
        call({ id: 'a', type: 'function', function: fn('f', '{"x":1}') }),
        call({ id: 'b', type: 'function', function: fn('g', '{"y":2}') }),
      ],
    ],
    [
      'with the index 0 for both',
      [
        call({ index: 0, id: 'a', type: 'function', function: fn('f', '{"x":1}') }),
        call({ index: 0, id: 'b', type: 'function', function: fn('g', '{"y":2}') }),
      ],
    ],
    [
      'whole, without index and id',
      [delta({ tool_calls: [{ function: fn('f', '{"x":1}') }, { function: fn('g', '{"y":2}') }] })],
    ],
  ])('reach a client apart, streamed and whole: %s', async ([, events], { expect }) => {
    const script: FaultScript = () => [
      head(200),
      { send: role + events.join('') + delta({}, 'tool_calls') + done },
      'end',
    ];
    await using upstream = await startFaultServer(script);
    await using server = await serve([upstream.url]);
    const openai = new OpenAI({ baseURL: `${server.url}/v1`, apiKey: 'none', maxRetries: 0 });
    const hasIds = events.join().includes('"id":"a"');
    const expected = [
      { id: hasIds ? 'a' : expect.any(String), function: { name: 'f', arguments: '{"x":1}' } },
      { id: hasIds ? 'b' : expect.any(String), function: { name: 'g', arguments: '{"y":2}' } },
    ];
    const whole = await openai.chat.completions.create({ model: 'auto', messages });
    expect(whole.choices[0]).toMatchObject({ finish_reason: 'tool_calls', message: { tool_calls: expected } });
    const streamed = await openai.chat.completions.stream({ model: 'auto', messages }).finalChatCompletion();
    expect(streamed.choices[0]).toMatchObject({ finish_reason: 'tool_calls', message: { tool_calls: expected } });
  });
});

it.concurrent('several choices keep their index, streamed and whole', async ({ expect }) => {
  const choice = (index: number, content: string, reason: string | null = null): string =>
    data({
      id: 'x',
      object: 'chat.completion.chunk',
      created: 1,
      model: 'm',
      choices: [{ index, delta: { content }, finish_reason: reason }],
    });
  const send = choice(1, 'b') + choice(0, 'a') + choice(1, 'B', 'stop') + choice(0, 'A', 'stop') + done;
  await using upstream = await startFaultServer(() => [head(200), { send }, 'end']);
  await using server = await serve([upstream.url]);
  const openai = new OpenAI({ baseURL: `${server.url}/v1`, apiKey: 'none', maxRetries: 0 });
  const whole = await openai.chat.completions.create({ model: 'auto', messages, n: 2 });
  const streamed = await openai.chat.completions.stream({ model: 'auto', messages, n: 2 }).finalChatCompletion();
  for (const { choices } of [whole, streamed])
    expect(choices.map(({ message }) => message.content)).toEqual(['aA', 'bB']);
});

it.concurrent('no header of a provider reaches the caller, and none says what this server is made of', async ({
  expect,
}) => {
  const leaks = {
    'set-cookie': 'a=canary',
    server: 'canary',
    'openai-organization': 'canary',
    'x-request-id': 'canary',
    'cf-ray': 'canary',
    'x-ratelimit-remaining-tokens': 'canary',
    'access-control-allow-origin': 'https://canary',
  };
  const steps: FaultStep[] = [head(200, leaks), { send: role + text('x') + finish + done }, 'end'];
  await using upstream = await startFaultServer((_request, count) => (count < 3 ? steps : [head(400, leaks), 'end']));
  await using server = await serve([upstream.url]);
  for (const stream of [true, false, true]) {
    const { headers } = await server.ask({ stream });
    expect(JSON.stringify([...headers])).not.toContain('canary');
    for (const name of ['server', 'x-powered-by', 'set-cookie']) expect(headers.get(name)).toBeNull();
  }
});

it.concurrent('looking after the server asks no provider, and works when all of them are down', async ({ expect }) => {
  await using upstream = await startFaultServer(() => ['reset']);
  await using server = await serve([upstream.url]);
  const paths = ['/health', '/ping', '/ready', '/providers/health', '/v1/models'];
  const look = (): Promise<number[]> => Promise.all(paths.map(async (path) => (await fetch(server.url + path)).status));
  expect(await look()).toEqual([200, 200, 200, 200, 200]);
  expect(upstream.acceptedSockets()).toBe(0);
  for (let index = 0; index < 3; index += 1) await server.ask();
  const asked = upstream.requests.length;
  expect(await look()).toEqual([200, 200, 503, 200, 200]);
  expect(upstream.requests).toHaveLength(asked);
});

it.concurrent('nothing of a request that is refused reaches a provider', async ({ expect }) => {
  await using upstream = await startFaultServer(healthy(wholeText));
  await using server = await serve([upstream.url], { MAX_BODY_BYTES: '2000' });
  const bad: [status: number, body: unknown][] = [
    [400, '{"messages":'],
    [400, { messages: 'nope' }],
    [400, { messages: [] }],
    [400, { messages, temperature: 9 }],
    [404, { messages, model: 'gpt-nobody' }],
    [413, { messages: [{ role: 'user', content: 'x'.repeat(3000) }] }],
  ];
  for (const [status, body] of bad) {
    const response = await fetch(`${server.url}/v1/chat/completions`, toRequest(body));
    expect([response.status, await response.json()]).toMatchObject([
      status,
      { error: { message: expect.any(String) } },
    ]);
  }
  expect(upstream.acceptedSockets()).toBe(0);
});

it.concurrent('no request chooses the host that is asked', async ({ expect }) => {
  await using thief = await startFaultServer(healthy('stolen'));
  await using upstream = await startFaultServer(healthy(wholeText));
  await using server = await serve([upstream.url]);
  const host = `${thief.url}/v1`;
  const headers = {
    'x-portkey-custom-host': host,
    'x-forwarded-host': host,
    'x-base-url': host,
    'openai-base-url': host,
  };
  const body = { messages, base_url: host, api_base: host, baseURL: host, custom_host: host };
  const response = await fetch(`${server.url}/v1/chat/completions`, toRequest(body, headers));
  expect(await response.json()).toMatchObject({ choices: [{ message: { content: wholeText } }] });
  expect(thief.acceptedSockets()).toBe(0);
  expect(JSON.stringify(upstream.requests[0]?.headers)).not.toContain(thief.url);
});

it.concurrent('a connection that is open and says nothing does not keep others waiting', async ({ expect }) => {
  await using upstream = await startFaultServer(healthy(wholeText));
  await using server = await serve([upstream.url]);
  const { hostname, port } = new URL(server.url);
  const idle = Array.from({ length: 200 }, () => connect(Number(port), hostname));
  for (const socket of idle) socket.write('POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\ncontent-le');
  expect((await server.ask()).text).toBe(wholeText);
  for (const socket of idle) socket.destroy();
});
