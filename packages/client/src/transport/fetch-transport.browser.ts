import { expect, test } from 'vitest';
import { createClient } from '../create-client.js';
import { sseAnswer, sseChunk } from '../test-support/sse-text.js';
import { toBytes } from '../testing/cut-bytes.js';

const question = { messages: [{ role: 'user' as const, content: 'hi' }] };

/** A fetch that answers with a stream of these pieces. */
const answering =
  (...pieces: string[]): typeof fetch =>
  async () =>
    new Response(
      new ReadableStream<Uint8Array>({
        start(controller) {
          for (const piece of pieces) controller.enqueue(toBytes(piece));
          controller.close();
        },
      }),
      { headers: { 'content-type': 'text/event-stream' } },
    );

test('streams an answer', async () => {
  const nova = createClient({ baseUrl: '', fetch: answering(sseAnswer('hi there')) });
  expect(await nova.chat.stream(question).result()).toMatchObject({ outcome: 'complete', text: 'hi there' });
});

test('gives a hint when the server cannot be reached or read', async () => {
  // Nobody listens on port 9; a refused origin looks the same to a page.
  const nova = createClient({ baseUrl: 'http://127.0.0.1:9', retry: { delays: [] } });
  const { outcome, error } = await nova.chat.stream(question).result();
  expect(outcome).toBe('failed');
  expect(error).toMatchObject({ code: 'network_or_cors', retryable: true });
  expect(error?.message).toContain('CORS');
});

/** What the browser says of the network during a test. */
async function withNetwork(run: (setOnline: (value: boolean) => void) => Promise<void>): Promise<void> {
  let onLine = true;
  Object.defineProperty(navigator, 'onLine', { configurable: true, get: () => onLine });
  try {
    await run((value) => {
      onLine = value;
      dispatchEvent(new Event(value ? 'online' : 'offline'));
    });
  } finally {
    Reflect.deleteProperty(navigator, 'onLine');
  }
}

test('reaches a server of the device itself without a network', () =>
  withNetwork(async (setOnline) => {
    setOnline(false);
    const nova = createClient({ baseUrl: '', fetch: answering(sseAnswer('from here')) });
    expect(await nova.chat.stream(question).result()).toMatchObject({ outcome: 'complete', text: 'from here' });
  }));

test('says that the device is offline, and does not ask again by itself', () =>
  withNetwork(async (setOnline) => {
    const nova = createClient({
      baseUrl: '',
      retry: { delays: [0] },
      fetch: async () => {
        setOnline(false);
        throw new TypeError('Failed to fetch');
      },
    });
    expect(await nova.chat.stream(question).result()).toMatchObject({ error: { code: 'offline' }, attempts: 1 });
  }));

test('picks an answer up when the device is online again', () =>
  withNetwork(async (setOnline) => {
    const lastIds: (string | null)[] = [];
    const fetch: typeof globalThis.fetch = async (_, init) => {
      lastIds.push(new Headers(init?.headers).get('last-event-id'));
      if (lastIds.length === 3)
        return answering(sseChunk({ content: 'lo' }, { id: 's1:2', finish_reason: 'stop' }))('');
      if (lastIds.length === 2) {
        setTimeout(setOnline, 50, true);
        throw new TypeError('Failed to fetch');
      }
      const body = new ReadableStream<Uint8Array>(
        {
          start: (controller) => controller.enqueue(toBytes(sseChunk({ content: 'Hel' }, { id: 's1:1' }))),
          pull(controller) {
            setOnline(false);
            controller.error(new TypeError('network error'));
          },
        },
        { highWaterMark: 0 },
      );
      return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
    };
    const nova = createClient({ baseUrl: '', retry: { delays: [0] }, fetch });
    const result = await nova.chat.stream(question, { resume: 60 }).result();
    expect(result).toMatchObject({ outcome: 'complete', text: 'Hello' });
    expect(lastIds).toEqual([null, 's1:1', 's1:1']);
  }));

test('falls back to one piece where bodies cannot be streamed', async () => {
  const whole: typeof fetch = async () => {
    const response = new Response(sseAnswer('in one piece'), { headers: { 'content-type': 'text/event-stream' } });
    const buffer = await response.clone().arrayBuffer();
    return new Proxy(response, {
      get(target, name) {
        if (name === 'body') return undefined;
        if (name === 'arrayBuffer') return async () => buffer;
        const value: unknown = Reflect.get(target, name, target);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
  };
  const nova = createClient({ baseUrl: '', fetch: whole });
  expect(await nova.chat.stream(question).result()).toMatchObject({ outcome: 'complete', text: 'in one piece' });
});

test('refuses a redirect, whose target a page cannot see', async () => {
  const { origin } = location;
  const nova = createClient({
    baseUrl: origin,
    retry: { delays: [] },
    fetch: async () => {
      const response = new Response(null, { status: 200 });
      Object.defineProperty(response, 'type', { value: 'opaqueredirect' });
      return response;
    },
  });
  expect(await nova.chat.stream(question).result()).toMatchObject({ error: { code: 'redirect_refused' } });
});
