import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { afterEach, expect, it, vi } from 'vitest';
import type { AppEnv } from './app-env.js';
import type { EventSink } from './event-sink.js';
import { toEventStream } from './event-stream.js';

type Write = (sink: EventSink) => Promise<void>;

const onLeave = vi.fn();
const closers: (() => void)[] = [];
afterEach(() => {
  onLeave.mockReset();
  for (const close of closers.splice(0)) close();
});

function createApp(
  write: Write,
  options: { keepAliveMs?: number; openWithComment?: boolean; stallMs?: number },
): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  app.use((context, next) => {
    context.header('x-before', 'kept');
    return next();
  });
  app.get('/', (context) =>
    toEventStream(context, write, { keepAliveMs: 60_000, openWithComment: false, onLeave, ...options }),
  );
  return app;
}

interface Reader {
  socket: Socket;
  /** What has come: heads, and chunks with their lengths. */
  text(): string;
}

/** Asks over a socket, so that what goes over the wire is seen. */
async function ask(write: Write, options: Parameters<typeof createApp>[1] = {}): Promise<Reader> {
  const server = createServer(getRequestListener(createApp(write, options).fetch));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  closers.push(() => {
    socket.destroy();
    server.closeAllConnections();
    server.close();
  });
  let text = '';
  socket.on('data', (bytes) => {
    text += bytes;
  });
  socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
  return { socket, text: () => text };
}

it('sends the headers that were set before with its own, and what comes together as one chunk', async () => {
  const { text } = await ask(async (sink) => {
    await null;
    sink.write('data: 1\n\n');
    await null;
    sink.write('data: 2\n\n');
  });
  await vi.waitFor(() => expect(text()).toMatch(/\r\n0\r\n\r\n$/));
  const bodyAt = text().indexOf('\r\n\r\n') + 4;
  const [head, body] = [text().slice(0, bodyAt), text().slice(bodyAt)];
  expect(head).toMatch(/^HTTP\/1\.1 200 OK/);
  for (const line of ['x-before: kept', 'content-type: text/event-stream; charset=utf-8', 'x-accel-buffering: no']) {
    expect(head).toContain(line);
  }
  expect(body).toBe('12\r\ndata: 1\n\ndata: 2\n\n\r\n0\r\n\r\n');
  expect(onLeave).not.toHaveBeenCalled();
});

it('sends an event at once, and comments into silence', async () => {
  const goOn = Promise.withResolvers<void>();
  const { text } = await ask(
    async (sink) => {
      await goOn.promise;
      sink.write('data: 1\n\n');
    },
    { keepAliveMs: 20, openWithComment: true },
  );
  await vi.waitFor(() => expect(text().match(/: keep-alive/g)?.length).toBeGreaterThan(2));
  goOn.resolve();
  await vi.waitFor(() => expect(text()).toMatch(/data: 1\n\n\r\n0\r\n\r\n$/));
});

it('tells that its reader has left, and writes nothing more', async () => {
  let sink: EventSink | undefined;
  const { socket, text } = await ask(async (own) => {
    sink = own;
    own.write('data: 1\n\n');
    await vi.waitFor(() => expect(own.isOpen()).toBe(false), { timeout: 5000 });
    own.write('data: 2\n\n');
  });
  await vi.waitFor(() => expect(text()).toContain('data: 1'));
  socket.destroy();
  await vi.waitFor(() => expect(onLeave).toHaveBeenCalledOnce());
  expect(sink?.isOpen()).toBe(false);
  expect(sink?.room()).toBeUndefined();
});

it('makes the writer wait for a reader who does not read, until he does', { timeout: 30_000 }, async () => {
  const big = `data: ${'x'.repeat(100_000)}\n\n`;
  const events = 200;
  let written = 0;
  const { socket, text } = await ask(async (sink) => {
    for (; written < events; written += 1) {
      sink.write(big);
      const room = sink.room();
      if (room) await room;
    }
  });
  socket.pause();
  let before = -1;
  // Until the buffers of the system are full.
  await vi.waitFor(
    () => {
      const isStuck = written === before && written > 0;
      before = written;
      expect(isStuck).toBe(true);
    },
    { interval: 200, timeout: 5000 },
  );
  expect(written).toBeLessThan(events);
  socket.resume();
  // Seldom, and by its end alone: the text is long.
  await vi.waitFor(() => expect(text().endsWith('\r\n0\r\n\r\n')).toBe(true), { interval: 200, timeout: 20_000 });
  expect(written).toBe(events);
});

it('answers in the same way without a socket', async () => {
  const response = await createApp(async (sink) => sink.write('data: 1\n\n'), {}).request('/');
  expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  expect(response.headers.get('x-before')).toBe('kept');
  expect(await response.text()).toBe('data: 1\n\n');
});

it('lets go of a reader who is there and takes nothing', async () => {
  const reading = ask(
    async (sink) => {
      while (sink.isOpen()) {
        sink.write('x'.repeat(65_536));
        await sink.room();
      }
    },
    { stallMs: 50, keepAliveMs: 10 },
  );
  (await reading).socket.pause();
  await vi.waitFor(() => expect(onLeave).toHaveBeenCalled(), { timeout: 5000 });
});
