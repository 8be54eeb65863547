import { expect, test } from 'vitest';
import { createClient } from '../create-client.js';
import { sseAnswer } from '../test-support/sse-text.js';
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

test('asks nobody while the device is offline', async () => {
  let asked = 0;
  Object.defineProperty(navigator, 'onLine', { configurable: true, get: () => false });
  try {
    const nova = createClient({
      baseUrl: '',
      fetch: async () => {
        asked++;
        return new Response();
      },
    });
    expect(await nova.chat.stream(question).result()).toMatchObject({ outcome: 'failed', error: { code: 'offline' } });
    expect(asked).toBe(0);
  } finally {
    Reflect.deleteProperty(navigator, 'onLine');
  }
});

test('says that a device went offline while it asked', async () => {
  let onLine = true;
  Object.defineProperty(navigator, 'onLine', { configurable: true, get: () => onLine });
  try {
    const nova = createClient({
      baseUrl: '',
      retry: { delays: [0] },
      fetch: async () => {
        onLine = false;
        throw new TypeError('Failed to fetch');
      },
    });
    expect(await nova.chat.stream(question).result()).toMatchObject({ error: { code: 'offline' }, attempts: 1 });
  } finally {
    Reflect.deleteProperty(navigator, 'onLine');
  }
});

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
