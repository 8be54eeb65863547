import { getEventListeners, once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { Readable } from 'node:stream';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { readText } from '../stream/read-text.js';
import { startTcpServer } from '../test-support/start-tcp-server.js';
import { createPool, type Pool } from './create-pool.js';
import type { PoolOptions } from './pool-options.js';
import type { TransportRequest } from './transport.js';

/** A certificate that nobody signed. */
const readFixture = (name: string): Buffer =>
  readFileSync(new URL(`../../../../test/support/tls/${name}`, import.meta.url));

const pools: Pool[] = [];
const servers: Server[] = [];
afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.close()));
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

function open(options?: PoolOptions): Pool {
  const pool = createPool(options);
  pools.push(pool);
  return pool;
}

async function serve(handler: Parameters<typeof createServer>[1]): Promise<{ url: string; server: Server }> {
  const server = createServer({ keepAliveTimeout: 60_000 }, handler).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  const address = server.address();
  return { url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/`, server };
}

const get = (url: string, more: Partial<TransportRequest> = {}): TransportRequest => ({
  method: 'GET',
  url,
  headers: {},
  headersTimeoutMs: 8_000,
  ...more,
});
const later = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const sendAndRead = async (pool: Pool, request: TransportRequest): Promise<string | undefined> =>
  readText((await pool.send(request)).body, 1e6);

describe('createPool', () => {
  it('serves 200 requests, 100 at a time, over at most 100 sockets, and keeps at most 20', async () => {
    const sockets = new Set<unknown>();
    let now = 0;
    let most = 0;
    const { url } = await serve((request, response) => {
      sockets.add(request.socket);
      most = Math.max(most, ++now);
      setTimeout(() => {
        now--;
        response.end('ok');
      }, 20);
    });
    const pool = open();
    const all = Array.from({ length: 200 }, () => sendAndRead(pool, get(url)));
    await later(0);
    expect(pool.stats()).toMatchObject({ running: 100, queued: 100 });
    expect(await Promise.all(all)).toEqual(all.map(() => 'ok'));
    expect(most).toBeLessThanOrEqual(100);
    expect(sockets.size).toBeLessThanOrEqual(100);
    await expect.poll(() => pool.stats(), { timeout: 5_000 }).toEqual({ open: 20, idle: 20, running: 0, queued: 0 });
    const before = sockets.size;
    expect(await sendAndRead(pool, get(url))).toBe('ok');
    expect(sockets.size).toBe(before);
  });

  it('keeps the sockets that are needed again and again, however many', async () => {
    const sockets = new Set<unknown>();
    const { url } = await serve((request, response) => {
      sockets.add(request.socket);
      setTimeout(() => response.end('ok'), 20);
    });
    const pool = open({ maxIdleConnections: 1 });
    for (const startedAt = performance.now(); performance.now() - startedAt < 1_000; ) {
      await Promise.all(Array.from({ length: 5 }, () => sendAndRead(pool, get(url))));
    }
    expect(sockets.size).toBe(5);
    await expect.poll(() => pool.stats(), { timeout: 5_000 }).toMatchObject({ open: 1, idle: 1 });
  });

  it('counts connections for each origin', async () => {
    const pool = open({ maxConnections: 1 });
    const [a, b] = [
      await serve((_, response) => void response.end('a')),
      await serve((_, response) => void response.end('b')),
    ];
    expect(await Promise.all([sendAndRead(pool, get(a.url)), sendAndRead(pool, get(b.url))])).toEqual(['a', 'b']);
    expect(pool.stats(new URL(a.url).origin)).toMatchObject({ open: 1, idle: 1 });
    expect(pool.stats()).toMatchObject({ open: 2, idle: 2 });
    expect(pool.stats('http://nowhere.test')).toMatchObject({ open: 0 });
  });

  it('tells a request that waited for a socket when it has one', async () => {
    const { url } = await serve((_, response) => void setTimeout(() => response.end('ok'), 20));
    const pool = open({ maxConnections: 1 });
    const events: string[] = [];
    const ask = async (name: string): Promise<void> => {
      await sendAndRead(pool, { ...get(url), onConnection: () => events.push(`${name} sent`) });
      events.push(`${name} read`);
    };
    await Promise.all([ask('first'), ask('second')]);
    expect(events.filter((event) => event !== 'first read')).toEqual(['first sent', 'second sent', 'second read']);
    expect(pool.stats().running).toBe(0);
  });

  it('refuses a request that waits too long for a socket, and only that one', async () => {
    const { url } = await serve((_, response) => void setTimeout(() => response.end('slow'), 300));
    const pool = open({ maxConnections: 1, queueTimeoutMs: 50 });
    const first = sendAndRead(pool, get(url));
    await expect(pool.send(get(url))).rejects.toMatchObject({ code: 'queue_timeout', retryable: true });
    expect(pool.stats().queued).toBe(0);
    expect(await first).toBe('slow');
  });

  it('lets go of a request that is aborted while it waits', async () => {
    const { url } = await serve((_, response) => void setTimeout(() => response.end('slow'), 50));
    const pool = open({ maxConnections: 1 });
    const first = sendAndRead(pool, get(url));
    const controller = new AbortController();
    const second = pool.send(get(url, { signal: controller.signal }));
    controller.abort(new Error('why'));
    await expect(second).rejects.toMatchObject({ code: 'aborted', cause: { message: 'why' } });
    expect(await first).toBe('slow');
  });

  it('sends a request again, once, on a fresh socket when the kept one was closed', async () => {
    await using server = await startTcpServer((socket, { index }) => {
      // The first request of a connection is answered; the connection is then dead for the next one.
      if (index % 2 === 0) socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok');
      else if (index === 1) socket.resetAndDestroy();
      else socket.end('HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nfresh');
    });
    const pool = open();
    const post = get(`${server.url}/x`, { method: 'POST', body: '{"a":1}' });
    expect(await sendAndRead(pool, post)).toBe('ok');
    expect(await sendAndRead(pool, post)).toBe('ok');
    expect(server.requests.map(({ body }) => body)).toEqual(['{"a":1}', '{"a":1}', '{"a":1}']);
    expect(server.opened()).toBe(2);
  });

  it('sends a request only once when the kept socket breaks after the server may have worked on it', async () => {
    await using server = await startTcpServer((socket, { index }) => {
      if (index === 0) socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok');
      else setTimeout(() => socket.resetAndDestroy(), 1_100);
    });
    const pool = open();
    const post = get(`${server.url}/x`, { method: 'POST', body: '{"a":1}' });
    expect(await sendAndRead(pool, post)).toBe('ok');
    await expect(pool.send(post)).rejects.toMatchObject({ code: 'connection_error', retryable: true });
    expect(server.requests).toHaveLength(2);
  });

  it('sends a request only once on a socket that was fresh', async () => {
    await using server = await startTcpServer((socket) => void socket.resetAndDestroy());
    await expect(open().send(get(`${server.url}/x`))).rejects.toMatchObject({
      code: 'connection_error',
      retryable: true,
    });
    expect(server.requests).toHaveLength(1);
  });

  it.each<[string, (url: string) => string, string]>([
    ['a port that nobody listens on', (url) => url, 'ECONNREFUSED'],
    ['a name that does not exist', () => 'http://nova-chat.invalid/', 'ENOTFOUND'],
  ])('says why it cannot reach %s', async (_, toUrl, cause) => {
    const { url, server } = await serve(() => {});
    server.close();
    const error = await open()
      .send(get(toUrl(url)))
      .catch((failure: unknown) => failure);
    expect(error).toMatchObject({ code: 'connection_error', retryable: true });
    expect(String(error)).toMatch(cause === 'ENOTFOUND' ? /ENOTFOUND|EAI_AGAIN/ : cause);
  });

  it('does not ask a server again whose certificate is not trusted', async () => {
    const server = createTlsServer({ key: readFixture('self-signed.key'), cert: readFixture('self-signed.crt') });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const url = `https://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/`;
    await expect(open().send(get(url))).rejects.toMatchObject({ code: 'connection_error', retryable: false });
    server.close();
  });

  it('ends a request whose headers do not come in time', async () => {
    const { url } = await serve(() => {});
    await expect(open().send(get(url, { headersTimeoutMs: 50 }))).rejects.toMatchObject({ code: 'headers_timeout' });
  });

  it('closes the socket of a body that its reader leaves, and of one that is cancelled', async () => {
    const closed: string[] = [];
    const { url } = await serve((request, response) => {
      request.socket.on('close', () => closed.push(request.url ?? ''));
      response.write('part');
    });
    const pool = open();
    for await (const _ of (await pool.send(get(`${url}left`))).body) break;
    (await pool.send(get(`${url}cancelled`))).cancel();
    await expect.poll(() => closed.sort()).toEqual(['/cancelled', '/left']);
    expect(pool.stats()).toEqual({ open: 0, idle: 0, running: 0, queued: 0 });
  });

  it('stops reading from the socket while nobody reads the body', async () => {
    let written = 0;
    const { url } = await serve((_, response) => {
      const block = Buffer.alloc(64 * 1024);
      const blocks = Readable.from(
        (function* () {
          for (let count = 0; count < 1_000; count++) {
            written += block.length;
            yield block;
          }
        })(),
      );
      blocks.pipe(response);
    });
    const response = await open().send(get(url));
    await later(200);
    expect(written).toBeLessThan(32 * 1024 * 1024);
    let size = 0;
    for await (const bytes of response.body) size += bytes.length;
    expect(size).toBe(1_000 * 64 * 1024);
  });

  it('leaves no listener on a signal after 1,000 requests', async () => {
    const { url } = await serve((_, response) => void response.end('ok'));
    const pool = open();
    const { signal } = new AbortController();
    for (let count = 0; count < 100; count++) {
      await Promise.all(Array.from({ length: 10 }, () => sendAndRead(pool, get(url, { signal }))));
    }
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('asks without fetch', async () => {
    const { url } = await serve((_, response) => void response.end('ok'));
    const fetch = vi.spyOn(globalThis, 'fetch').mockRejectedValue(new Error('not this way'));
    expect(await sendAndRead(open(), get(url))).toBe('ok');
    expect(fetch).not.toHaveBeenCalled();
    fetch.mockRestore();
  });

  it('closes an idle socket after keepAliveTimeoutMs', async () => {
    const { url } = await serve((_, response) => {
      // Node would tell the client its own limit, which wins.
      response.removeHeader('keep-alive');
      response.setHeader('connection', 'keep-alive');
      response.end('ok');
    });
    const [short, long] = [open({ keepAliveTimeoutMs: 100 }), open()];
    await Promise.all([sendAndRead(short, get(url)), sendAndRead(long, get(url))]);
    await expect.poll(() => short.stats().open, { timeout: 5_000 }).toBe(0);
    expect(long.stats()).toMatchObject({ open: 1, idle: 1 });
  });

  it('gives up a handshake that takes longer than connectTimeoutMs', async () => {
    await using server = await startTcpServer(() => {});
    const pool = open({ connectTimeoutMs: 100 });
    const url = server.url.replace('http:', 'https:');
    await expect(pool.send(get(url))).rejects.toMatchObject({ code: 'connection_error', retryable: true });
    await expect.poll(() => server.open.size).toBe(0);
    expect(pool.stats()).toMatchObject({ open: 0, running: 0 });
  });

  it('lets running requests end before it is closed, and takes no others', async () => {
    const { url } = await serve((_, response) => void setTimeout(() => response.end('ok'), 50));
    const pool = createPool({ maxConnections: 1 });
    const running = sendAndRead(pool, get(url));
    const waiting = sendAndRead(pool, get(url));
    await later(10);
    const closing = pool.close();
    await expect(pool.send(get(url))).rejects.toMatchObject({ code: 'connection_error', retryable: false });
    await closing;
    expect(await Promise.all([running, waiting])).toEqual(['ok', 'ok']);
    expect(pool.stats()).toEqual({ open: 0, idle: 0, running: 0, queued: 0 });
  });

  it.each<[PoolOptions, string]>([
    [{ maxConnections: 0 }, 'maxConnections must be a whole number from 1'],
    [{ maxIdleConnections: 1.5 }, 'maxIdleConnections must be a whole number from 0'],
    [{ queueTimeoutMs: -1 }, 'queueTimeoutMs must be a number of milliseconds above 0'],
    [{ sockets: 5 } as PoolOptions, 'sockets is no option; there are maxConnections'],
  ])('refuses %j', (options, message) => {
    expect(() => createPool(options)).toThrow(expect.objectContaining({ code: 'invalid_option' }));
    expect(() => createPool(options)).toThrow(message);
  });

  it.each([['/v1/models'], ['ftp://x.test/'], ['nova']])('refuses the URL %s', async (url) => {
    await expect(open().send(get(url))).rejects.toMatchObject({ code: 'invalid_option' });
  });
});
