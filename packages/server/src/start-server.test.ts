import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text as readText } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import OpenAI from 'openai';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { loadConfig } from './config/load-config.js';
import { type RunningServer, startServer } from './start-server.js';
import { readSseText } from './testing/read-sse-text.js';
import { openStream, startUpstream, type Upstream } from './testing/start-upstream.js';

let folder: string;
let server: RunningServer;
let upstream: Upstream | undefined;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nova-content-'));
  await writeFile(
    join(folder, 'readme.md'),
    '# Parcels\n\n## How long is delivery?\n\nParcels arrive within two working days.\n\n[More](prices.md)\n',
  );
  await writeFile(
    join(folder, 'prices.md'),
    '# Prices\n\n## What does delivery cost?\n\nDelivery costs four euros.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n',
  );
});
afterAll(() => rm(folder, { recursive: true }));
afterEach(async () => {
  await server.stop();
  await upstream?.stop();
  upstream = undefined;
});

const redis = vi.hoisted(() => ({ loading: Promise.resolve() }));
vi.mock('ioredis', async (load) => {
  await redis.loading;
  return load();
});

/** The log of the server under test. */
const lines: Record<string, unknown>[] = [];
const logger = pino({}, { write: (line: string) => lines.push(JSON.parse(line) as Record<string, unknown>) });

async function start(env: Record<string, string> = {}): Promise<string> {
  const config = loadConfig({ PORT: '0', SITE_CONTENT: folder, SHUTDOWN_MS: '100', RETRY_DELAYS_MS: 'none', ...env });
  lines.length = 0;
  server = await startServer(config, { logger });
  return server.url;
}

const messages = [{ role: 'user' as const, content: 'How long is delivery?' }];

function ask(url: string, body: object, signal?: AbortSignal, headers?: Record<string, string>): Promise<Response> {
  return fetch(`${url}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ messages, ...body }),
    ...(signal ? { signal } : {}),
  });
}

describe('the official openai package, unchanged', () => {
  it('lists the models, streams an answer and gets a whole one', async () => {
    const openai = new OpenAI({ baseURL: `${await start()}/v1`, apiKey: 'none', maxRetries: 0 });
    const ids = (await openai.models.list()).data.map((model) => model.id);
    expect(ids[0]).toBe('auto');
    for (const model of ids) {
      expect((await openai.models.retrieve(model)).id).toBe(model);
      let text = '';
      const stream = await openai.chat.completions.create({ model, messages, stream: true });
      for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? '';
      expect(text).toContain('two working days');
      const whole = await openai.chat.completions.create({ model, messages });
      expect(whole.choices[0]?.message.content).toContain('two working days');
    }
  });

  it('raises its own errors', async () => {
    const openai = new OpenAI({ baseURL: `${await start()}/v1`, apiKey: 'none', maxRetries: 0 });
    await expect(openai.chat.completions.create({ model: 'gpt-99', messages })).rejects.toBeInstanceOf(
      OpenAI.NotFoundError,
    );
    await expect(openai.chat.completions.create({ model: 'auto', messages: [] })).rejects.toMatchObject({
      status: 400,
      code: 'empty_array',
      param: 'messages',
    });
  });

  it('raises an error when the answer breaks off, and keeps to one attempt when we gave up', async () => {
    upstream = await startUpstream((response, index) => {
      if (index > 0) return void response.writeHead(500).end();
      openStream(response).write('data: {"id":"c","choices":[{"index":0,"delta":{"content":"par"}}]}\n\n', () =>
        response.destroy(),
      );
    });
    const url = await start({ OPENAI_BASE_URL: upstream.baseUrl, PROVIDER_ORDER: 'openai' });
    const openai = new OpenAI({ baseURL: `${url}/v1`, apiKey: 'none', maxRetries: 2 });
    let text = '';
    const reading = (async () => {
      const stream = await openai.chat.completions.create({ model: 'auto', messages, stream: true });
      for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? '';
    })();
    await expect(reading).rejects.toMatchObject({ code: 'upstream_stream_interrupted' });
    expect(text).toBe('par');
    await expect(openai.chat.completions.create({ model: 'auto', messages })).rejects.toMatchObject({
      status: 502,
      error: { attempts: [{ provider: 'openai', code: 'upstream_error', status: 500 }] },
    });
    expect(upstream.requests).toHaveLength(2);
  });
});

describe('a provider that fails before it says anything', () => {
  it.each<[string, Parameters<typeof startUpstream>[0]]>([
    ['cuts the connection', (response) => response.destroy()],
    [
      'answers with a page',
      (response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>x</h1>'),
    ],
    ['is overloaded', (response) => void response.writeHead(529).end()],
    ['refuses our key', (response) => void response.writeHead(401).end('{"error":{"message":"bad key sk-canary"}}')],
    ['cuts its stream', (response) => void openStream(response).write(': ping\n\n', () => response.destroy())],
  ])('that %s leaves the answer to the site', async (_name, handle) => {
    upstream = await startUpstream(handle);
    const url = await start({ OPENAI_BASE_URL: upstream.baseUrl, OPENAI_API_KEY: 'sk-canary' });
    for (const stream of [true, false]) {
      const response = await ask(url, { stream });
      const text = await response.text();
      expect(response.headers.get('nova-provider')).toBe('site');
      expect(stream ? readSseText(text).text : text).toContain('two working days');
      expect(text + JSON.stringify([...response.headers])).not.toContain('canary');
    }
  });

  it('is down at start', async () => {
    const url = await start({ OPENAI_BASE_URL: 'http://127.0.0.1:9/v1' });
    expect(await (await ask(url, {})).json()).toMatchObject({ nova: { provider: 'site', attempts: 2 } });
  });
});

it.each([
  [402, { error: { message: 'Insufficient Balance' } }, 'our account at a provider is empty'],
  [429, { error: { message: 'pay', code: 'insufficient_quota' } }, 'our account at a provider is empty'],
  [401, { error: { message: 'No.' } }, 'a provider refuses our credentials'],
])('tells the operator what %i of a provider means', async (status, body, msg) => {
  upstream = await startUpstream((response) => response.writeHead(status).end(JSON.stringify(body)));
  const url = await start({ OPENAI_BASE_URL: upstream.baseUrl, PROVIDER_ORDER: 'openai' });
  expect((await ask(url, {})).status).toBe(502);
  expect(lines).toContainEqual(expect.objectContaining({ level: 50, provider: 'openai', msg }));
});

it('asks a provider for no more answers at a time than it is told to', async () => {
  const opened: ServerResponse[] = [];
  upstream = await startUpstream((response) => void opened.push(openStream(response)));
  const url = await start({ OPENAI_BASE_URL: upstream.baseUrl, PROVIDER_ORDER: 'openai', PROVIDER_CONNECTIONS: '2' });
  const asked = [1, 2, 3].map(async () => (await ask(url, { stream: true })).text());
  const readPool = async (): Promise<unknown> => {
    const health = (await (await fetch(`${url}/providers/health`)).json()) as { data: { pool: object }[] };
    return health.data[0]?.pool;
  };
  await expect.poll(readPool).toMatchObject({ running: 2, queued: 1 });
  const chunk = { choices: [{ index: 0, delta: { content: 'x' }, finish_reason: 'stop' }] };
  for (let index = 0; index < 3; index += 1) {
    await expect.poll(() => opened[index]).toBeDefined();
    opened[index]?.end(`data: ${JSON.stringify(chunk)}\n\ndata: [DONE]\n\n`);
  }
  for (const text of await Promise.all(asked)) expect(text).toContain('[DONE]');
});

describe('a caller that leaves', () => {
  it.each<[string, Parameters<typeof startUpstream>[0], boolean, boolean]>([
    ['in mid-stream', (r) => void openStream(r).write('data: {"choices":[{"delta":{"content":"x"}}]}\n\n'), true, true],
    ['before the first token', (r) => void openStream(r), true, false],
    ['before the headers', () => undefined, true, false],
    ['before a whole answer', () => undefined, false, false],
    ['in the middle of a whole answer', (r) => void r.writeHead(200).write('{"id"'), false, false],
  ])('%s takes the upstream with it', async (_name, handle, stream, hasHeaders) => {
    const reached = Promise.withResolvers<void>();
    upstream = await startUpstream((response) => {
      handle(response, 0);
      reached.resolve();
    });
    const url = await start({ OPENAI_BASE_URL: upstream.baseUrl, PROVIDER_ORDER: 'openai' });
    const leaving = new AbortController();
    const asked = ask(url, { stream }, leaving.signal);
    asked.catch(() => undefined);
    await reached.promise;
    if (hasHeaders) await (await asked).body?.getReader().read();
    const leftAt = performance.now();
    leaving.abort();
    // The promise is 100 ms; the bound leaves room for a machine that is busy with other things.
    expect((await upstream.abandoned) - leftAt).toBeLessThan(1_000);
    expect(upstream.requests).toHaveLength(1);
  });

  it.each<[string, Parameters<typeof startUpstream>[0]]>([
    ['the headers', () => undefined],
    ['the first token', (response) => void openStream(response)],
  ])('before %s of an answer that could be resumed takes the upstream with it', async (_name, handle) => {
    const reached = Promise.withResolvers<void>();
    upstream = await startUpstream((response) => {
      handle(response, 0);
      reached.resolve();
    });
    const url = await start({ OPENAI_BASE_URL: upstream.baseUrl, PROVIDER_ORDER: 'openai' });
    const leaving = new AbortController();
    const asked = ask(url, { stream: true }, leaving.signal, { 'nova-resume': '60' });
    asked.catch(() => undefined);
    await reached.promise;
    const leftAt = performance.now();
    leaving.abort();
    expect((await upstream.abandoned) - leftAt).toBeLessThan(1_000);
  });

  it('after the headers can end the answer by the name in them, before any event', async () => {
    upstream = await startUpstream((response) => void openStream(response));
    const url = await start({ OPENAI_BASE_URL: upstream.baseUrl, PROVIDER_ORDER: 'openai', PEEK_MS: '20' });
    const leaving = new AbortController();
    const response = await ask(url, { stream: true }, leaving.signal, { 'nova-resume': '60' });
    const streamId = response.headers.get('nova-stream-id') ?? '';
    expect(streamId).toMatch(/^st_[\w-]{22}$/);
    leaving.abort();
    expect((await fetch(`${url}/v1/chat/streams/${streamId}`, { method: 'DELETE' })).status).toBe(204);
    await upstream.abandoned;
    const plain = await ask(url, { stream: true });
    expect(plain.headers.get('nova-stream-id')).toBeNull();
    await plain.body?.cancel();
  });

  it('while the next provider is being asked stops there', async () => {
    const reached = Promise.withResolvers<void>();
    upstream = await startUpstream((response, index) => {
      if (index === 0) response.writeHead(500).end();
      else reached.resolve();
    });
    const url = await start({ OPENAI_BASE_URL: upstream.baseUrl, OPENAI_MODEL: 'a', PROVIDER_ORDER: 'openai' });
    await (await ask(url, { stream: true })).text();
    const leaving = new AbortController();
    const asked = ask(url, { stream: true }, leaving.signal);
    asked.catch(() => undefined);
    await reached.promise;
    leaving.abort();
    await upstream.abandoned;
    expect(upstream.requests).toHaveLength(2);
  });
});

async function findPort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

async function connectTo(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  return socket;
}

describe('the HTTP server', () => {
  it('takes HEAD for a stream that can be read, without a word on standard error', async () => {
    upstream = await startUpstream(
      (r) => void openStream(r).write('data: {"choices":[{"delta":{"content":"x"}}]}\n\n'),
    );
    const url = await start({ OPENAI_BASE_URL: upstream.baseUrl, PROVIDER_ORDER: 'openai' });
    const asked = await ask(url, { stream: true }, undefined, { 'nova-resume': '60' });
    const address = `${url}/v1/chat/streams/${asked.headers.get('nova-stream-id')}`;
    const said = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const head = await fetch(address, { method: 'HEAD' });
    expect(head.status).toBe(200);
    expect(head.headers.get('content-type')).toMatch(/^text\/event-stream/);
    // The stream goes on, and is there for its readers.
    const read = await fetch(address);
    expect(new TextDecoder().decode((await read.body?.getReader().read())?.value)).not.toBe('');
    expect((await fetch(address, { method: 'DELETE' })).status).toBe(204);
    await asked.text();
    expect(said).not.toHaveBeenCalled();
    said.mockRestore();
  });

  it('answers 413 to a chunked body over the limit before its end', async () => {
    const url = new URL(await start({ MAX_BODY_BYTES: '2000' }));
    const socket = connect(Number(url.port), url.hostname);
    socket.write(
      'POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n',
    );
    socket.write(`1000\r\n${'x'.repeat(4096)}\r\n`);
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(String(answer)).toMatch(/^HTTP\/1\.1 413 /);
    socket.destroy();
  });

  // Python's clients read no answer before they have sent everything, and would report a broken connection instead.
  it.each([
    ['declared', 'POST /v1/chat/completions', 'Content-Length: 4000000', ['', '']],
    ['chunked', 'POST /v1/chat/completions', 'Transfer-Encoding: chunked', ['3d0900\r\n', '\r\n0\r\n\r\n']],
    ['meant for nobody', 'POST /v1/embeddings', 'Content-Length: 4000000', ['', '']],
  ])('lets a body that is too large come to its end: %s', async (_, line, length, [before, after]) => {
    const socket = await connectTo(Number(new URL(await start({ MAX_BODY_BYTES: '1000000' })).port));
    let answers = '';
    socket.on('error', (error) => {
      answers += String(error);
    });
    socket.on('data', (data) => {
      answers += String(data);
    });
    const half = 'x'.repeat(2_000_000);
    socket.write(`${line} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n${length}\r\n\r\n${before}${half}`);
    await expect.poll(() => answers).toMatch(/^HTTP\/1\.1 4(?:13|04) .*"error"/s);
    // A slow caller: longer than the half second after which the adapter closes a connection.
    await sleep(800);
    socket.write(`${half}${after}GET /ping HTTP/1.1\r\nHost: x\r\n\r\n`);
    await expect.poll(() => answers).toMatch(/HTTP\/1\.1 200 /);
    socket.destroy();
  });

  it.each([
    'GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n',
    'POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello',
    'GET /../../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n',
    'GET /docs/..%2f..%2fpackage.json HTTP/1.1\r\nHost: x\r\n\r\n',
    'GET /widget/%2e%2e/%2e%2e/package.json HTTP/1.1\r\nHost: x\r\n\r\n',
    'GET /demo/..\\..\\package.json HTTP/1.1\r\nHost: x\r\n\r\n',
    'GET /docs/%00 HTTP/1.1\r\nHost: x\r\n\r\n',
    'GET /docs/%zz HTTP/1.1\r\nHost: x\r\n\r\n',
  ])('refuses %j', async (request) => {
    const url = new URL(await start());
    const socket = connect(Number(url.port), url.hostname);
    socket.write(request);
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(String(answer)).toMatch(/^HTTP\/1\.1 40[04] /);
    socket.destroy();
  });

  it.each([
    ['HTTP/1.0 without a host, as load balancers do', 'GET /health HTTP/1.0\r\n\r\n'],
    ['an empty host', 'GET /health HTTP/1.1\r\nHost:\r\n\r\n'],
  ])('answers who asks with %s', async (_name, request) => {
    const url = new URL(await start());
    const socket = connect(Number(url.port), url.hostname);
    socket.write(request);
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(String(answer)).toMatch(/^HTTP\/1\.1 200 /);
    socket.destroy();
  });

  it.each([
    ['a declared', 'Content-Length: 100\r\n\r\n{"mess'],
    ['a chunked', 'Transfer-Encoding: chunked\r\n\r\n6\r\n{"mess\r\n'],
  ])('takes a caller that leaves in the middle of %s body for one that left', async (_name, rest) => {
    const url = new URL(await start());
    const socket = connect(Number(url.port), url.hostname);
    socket.write(`POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n${rest}`);
    await expect.poll(async () => (await fetch(`${url.origin}/health`)).status).toBe(200);
    socket.destroy();
    await expect
      .poll(() => lines.find((line) => line['method'] === 'POST'))
      .toMatchObject({
        status: 499,
        outcome: 'aborted',
        code: 'aborted',
      });
    expect(lines.some((line) => line['msg'] === 'internal error')).toBe(false);
  });

  it('names itself as its visitors do', async () => {
    const url = await start({ PUBLIC_URL: 'https://example.com/chat/' });
    const answer = await (await ask(url, { model: 'site' })).text();
    expect(answer).toContain('https://example.com/chat/docs/readme#how-long-is-delivery');
    const home = await (await fetch(`${url}/`)).text();
    expect(home).toContain('https://example.com/chat/widget/embed.js');
    expect(home + answer).not.toContain(url);
  });

  it('serves the pages that citations lead to', async () => {
    const url = await start();
    const answer = (await (await ask(url, {})).json()) as {
      choices: { message: { annotations: { url_citation: { url: string } }[] } }[];
    };
    const cited = answer.choices[0]?.message.annotations[0]?.url_citation.url ?? '';
    expect(cited).toBe(`${url}/docs/readme#how-long-is-delivery`);
    const page = await fetch(cited);
    const html = await page.text();
    expect(page.headers.get('content-type')).toMatch(/^text\/html/);
    expect(page.headers.get('content-security-policy')).toContain("require-trusted-types-for 'script'");
    expect(html).toContain('<h2 id="how-long-is-delivery">');
    expect(html).toContain(`href="${url}/docs/prices"`);
    expect((await fetch(`${url}/docs/prices.md`)).status).toBe(200);
    expect((await fetch(`${url}/docs/`)).status).toBe(200);
  });

  it('serves the pictures of these pages, and nothing that is left out of them', async () => {
    const files = ['img/a.png', 'drafts/b.png', '.git/c.png', 'node_modules/d/e.png', '_f.png', 'g.js', 'h.json'];
    for (const file of files) {
      await mkdir(dirname(join(folder, file)), { recursive: true });
      await writeFile(join(folder, file), 'x');
    }
    const url = await start();
    const statuses = await Promise.all(files.map(async (file) => (await fetch(`${url}/docs/${file}`)).status));
    expect(statuses).toEqual([200, 404, 404, 404, 404, 404, 404]);
  });

  it('has early requests wait until Redis is loaded', async () => {
    const loaded = Promise.withResolvers<void>();
    redis.loading = loaded.promise;
    const port = await findPort();
    const starting = start({ PORT: String(port), REDIS_URL: 'redis://127.0.0.1:9' });
    const early = await vi.waitFor(() => connectTo(port));
    early.write('GET /v1/models HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    const answer = readText(early);
    // What is answered now is answered too early.
    await Promise.race([answer, sleep(200)]);
    loaded.resolve();
    await starting;
    expect(await answer).toMatch(/^HTTP\/1\.1 200 /);
  });

  it('answers probes meanwhile, as what restarts a server would else never let it start', async () => {
    const loaded = Promise.withResolvers<void>();
    redis.loading = loaded.promise;
    const port = await findPort();
    const starting = start({ PORT: String(port), REDIS_URL: 'redis://127.0.0.1:9' });
    const probe = (path: string, method = 'GET'): Promise<Response> =>
      fetch(`http://127.0.0.1:${port}${path}`, { method, signal: AbortSignal.timeout(5_000) });
    try {
      const health = await vi.waitFor(() => probe('/health'), 10_000);
      expect(await health.json()).toEqual({ status: 'ok' });
      expect((await probe('/health', 'HEAD')).status).toBe(200);
      expect((await probe('/ping')).status).toBe(200);
      const ready = await probe('/ready');
      expect([ready.status, ready.headers.get('retry-after')]).toEqual([503, '1']);
      expect(await ready.json()).toMatchObject({ error: { code: 'service_unavailable' } });
    } finally {
      loaded.resolve();
      await starting;
    }
    expect((await probe('/ready')).status).toBe(200);
  });

  it('says which port is taken', async () => {
    const url = new URL(await start());
    const config = loadConfig({ PORT: url.port, SITE_CONTENT: folder });
    await expect(startServer(config, { logger: pino({ level: 'silent' }) })).rejects.toThrow(
      new RegExp(`^PORT ${url.port} on 127.0.0.1 is in use by another program; .* for example PORT=\\d+$`),
    );
  });
});

describe('stopping', () => {
  it('lets a running stream finish, refuses what is new, and then frees the port', async () => {
    const step = Promise.withResolvers<void>();
    upstream = await startUpstream((response) => {
      openStream(response).write('data: {"choices":[{"delta":{"content":"first "}}]}\n\n');
      void step.promise.then(() =>
        response.end('data: {"choices":[{"delta":{"content":"last"},"finish_reason":"stop"}]}\n\n'),
      );
    });
    const url = await start({ OPENAI_BASE_URL: upstream.baseUrl, SHUTDOWN_MS: '20000' });
    const response = await ask(url, { stream: true });
    const stopped = server.stop();
    const refused = await ask(url, { stream: true });
    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).toBe('1');
    expect(refused.headers.get('connection')).toBe('close');
    expect((await fetch(`${url}/ready`)).status).toBe(503);
    step.resolve();
    const { text, events } = readSseText(await response.text());
    expect(text).toBe('first last');
    expect(events.at(-1)).toBe('[DONE]');
    await stopped;
    await expect(fetch(url)).rejects.toThrow();
  });

  it('ends a stream that does not finish in time with an error in the stream', async () => {
    upstream = await startUpstream((response) => {
      openStream(response).write('data: {"choices":[{"delta":{"content":"first"}}]}\n\n');
    });
    const url = await start({ OPENAI_BASE_URL: upstream.baseUrl, SHUTDOWN_MS: '50' });
    const response = await ask(url, { stream: true });
    await server.stop();
    const { text, errors, events } = readSseText(await response.text());
    expect(text).toBe('first');
    expect(errors).toMatchObject([{ code: 'server_shutting_down', type: 'server_error', param: null }]);
    expect(events).not.toContain('[DONE]');
    await upstream.abandoned;
  });
});
