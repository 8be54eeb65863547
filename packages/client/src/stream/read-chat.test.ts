import { afterEach, describe, expect, it, vi } from 'vitest';
import type { NovaError } from '../errors/nova-error.js';
import type { ChatChunk } from '../protocol/index.js';
import { sseAnswer, sseChunk } from '../test-support/sse-text.js';
import { cutsInTwo, toBody, toBytes } from '../testing/cut-bytes.js';
import { type ChatReadOptions, readChat } from './read-chat.js';
import type { StreamSource } from './read-messages.js';

afterEach(() => void vi.useRealTimers());

const source = (body: AsyncIterable<Uint8Array>, type = 'text/event-stream'): StreamSource => ({
  headers: new Headers({ 'content-type': type }),
  body,
});

async function read(
  from: StreamSource,
  options?: ChatReadOptions,
): Promise<{ text: string; code: string | undefined; chunks: ChatChunk[] }> {
  const chunks: ChatChunk[] = [];
  let code: string | undefined;
  try {
    for await (const batch of readChat(from, options)) chunks.push(...batch);
  } catch (error) {
    ({ code } = error as NovaError);
  }
  return { text: chunks.map(({ choices }) => choices[0]?.delta.content ?? '').join(''), code, chunks };
}

/** A body that is fed by hand. */
function createFeed(): { body: AsyncIterable<Uint8Array>; feed(text: string): void; left: () => boolean } {
  const waiting: ((result: IteratorResult<Uint8Array>) => void)[] = [];
  const held: Uint8Array[] = [];
  let left = false;
  return {
    left: () => left,
    feed(text) {
      const take = waiting.shift();
      if (take) take({ done: false, value: toBytes(text) });
      else held.push(toBytes(text));
    },
    body: {
      [Symbol.asyncIterator]: () => ({
        next: () => {
          const value = held.shift();
          return value ? Promise.resolve({ done: false, value }) : new Promise((resolve) => waiting.push(resolve));
        },
        return: async () => {
          left = true;
          return { done: true, value: undefined };
        },
      }),
    },
  };
}

describe('readChat', () => {
  it.each([
    ['SSE', 'text/event-stream', sseAnswer('é👍 b')],
    ['SSE with CRLF', 'text/event-stream', sseAnswer('é👍 b').replaceAll('\n', '\r\n')],
    ['SSE with a byte order mark', 'text/event-stream', `\uFEFF${sseAnswer('é👍 b')}`],
    [
      'NDJSON',
      'application/x-ndjson',
      '{"choices":[{"delta":{"content":"é👍 "}}]}\n{"choices":[{"delta":{"content":"b"},"finish_reason":"stop"}]}\n',
    ],
    ['JSON', 'application/json', '{\n"choices":[{"message":{"content":"é👍 b"}}]}'],
    ['JSON without a type', '', '{"choices":[{"message":{"content":"é👍 b"}}]}\n'],
  ])('gives the same answer of %s wherever the bytes are cut', async (_, type, body) => {
    const bytes = toBytes(body);
    for (const pieces of [...cutsInTwo(bytes), [...bytes].map((byte) => Uint8Array.of(byte))]) {
      expect(await read(source(toBody(pieces), type))).toMatchObject({ text: 'é👍 b', code: undefined });
    }
  });

  it('gives on what came before an error in the same bytes', async () => {
    const body = `${sseChunk({ content: 'a' })}data: {"error":{"message":"x"}}\n\n${sseChunk({ content: 'b' })}`;
    expect(await read(source(toBody([toBytes(body)])))).toMatchObject({ text: 'a', code: 'stream_error' });
  });

  it('ends at [DONE] and lets the body come to its end, so that its connection can serve again', async () => {
    let ended = false;
    const body = async function* (): AsyncGenerator<Uint8Array> {
      yield toBytes(sseAnswer('a'));
      yield toBytes(': rest\n\n');
      ended = true;
    };
    expect(await read(source(body()))).toMatchObject({ text: 'a', code: undefined });
    await expect.poll(() => ended).toBe(true);
  });

  it('gives the stream up at once when its reader leaves', async () => {
    const { body, feed, left } = createFeed();
    feed(sseChunk({ content: 'a' }));
    for await (const _ of readChat(source(body))) break;
    expect(left()).toBe(true);
  });

  it('counts silence in content, not in bytes', async () => {
    vi.useFakeTimers();
    const { body, feed, left } = createFeed();
    const result = read(source(body), { times: { firstEventMs: 1000, idleMs: 500 } });
    await vi.advanceTimersByTimeAsync(900);
    feed(sseChunk({ content: 'a' }));
    for (const quiet of [': ping\n\n', sseChunk({ role: 'assistant' }), sseChunk({ content: '' }), 'data: {}\n\n']) {
      await vi.advanceTimersByTimeAsync(110);
      feed(quiet);
    }
    await vi.advanceTimersByTimeAsync(59);
    expect(left()).toBe(false);
    await vi.advanceTimersByTimeAsync(2);
    expect(await result).toMatchObject({ text: 'a', code: 'idle_timeout' });
    expect(left()).toBe(true);
  });

  it('waits longer for the first content than between', async () => {
    vi.useFakeTimers();
    const { body, feed } = createFeed();
    const result = read(source(body), { times: { firstEventMs: 1000, idleMs: 500 } });
    feed(sseChunk({ role: 'assistant' }));
    await vi.advanceTimersByTimeAsync(1001);
    expect(await result).toMatchObject({ code: 'first_event_timeout' });
  });

  it('does not count the time that its reader takes', async () => {
    vi.useFakeTimers();
    const { body, feed } = createFeed();
    const reader = readChat(source(body), { times: { firstEventMs: 1000, idleMs: 500 } });
    feed(sseChunk({ content: 'a' }));
    await reader.next();
    await vi.advanceTimersByTimeAsync(60_000);
    const next = reader.next();
    await vi.advanceTimersByTimeAsync(400);
    feed(sseChunk({ content: 'b' }));
    expect((await next).value).toHaveLength(1);
    await reader.return();
  });

  it('lets the bytes that waited come first when the page wakes from a sleep', async () => {
    vi.useFakeTimers();
    const { body, feed } = createFeed();
    const result = read(source(body), { times: { firstEventMs: 1000, idleMs: 10_000 } });
    feed(sseChunk({ content: 'a' }));
    await vi.advanceTimersByTimeAsync(0);
    // Asleep: the clock goes on, timers do not.
    vi.setSystemTime(Date.now() + 3_600_000);
    const start = performance.now();
    vi.spyOn(performance, 'now').mockImplementation(() => start + 3_600_000);
    await vi.advanceTimersByTimeAsync(10_000);
    feed(sseAnswer('b'));
    await vi.advanceTimersByTimeAsync(0);
    expect(await result).toMatchObject({ text: 'ab', code: undefined });
    vi.restoreAllMocks();
  });

  it('waits only a little for what may follow a whole answer', async () => {
    vi.useFakeTimers();
    const { body, feed, left } = createFeed();
    const result = read(source(body), { times: { idleMs: 60_000 } });
    feed(sseChunk({ content: 'a' }, { finish_reason: 'stop' }));
    await vi.advanceTimersByTimeAsync(5_001);
    expect(await result).toMatchObject({ text: 'a', code: undefined });
    expect(left()).toBe(true);
  });

  it('costs as much for an event of a long answer as for one of a short one', async () => {
    const time = async (events: number): Promise<number> => {
      const pieces = Array.from({ length: events }, (_, index) => toBytes(sseChunk({ content: `${index}` })));
      // Not by the clock: of a busy machine a short run may get all, and a long one never does.
      const before = process.threadCpuUsage();
      await read(source(toBody(pieces)));
      return process.threadCpuUsage(before).user / events;
    };
    await time(1_000);
    const short = Math.min(await time(2_000), await time(2_000), await time(2_000));
    const long = Math.min(await time(40_000), await time(40_000));
    // A reader whose cost is the square of the length would be twenty times slower.
    expect(long / short).toBeLessThan(10);
  });

  it('takes a body of 16 MiB without a line break for too large, without keeping it', async () => {
    const piece = new Uint8Array(64 * 1024).fill(120);
    let given = 0;
    const body = async function* (): AsyncGenerator<Uint8Array> {
      yield toBytes('data: ');
      for (; given < 256; given++) yield piece;
    };
    expect(await read(source(body()))).toMatchObject({ code: 'event_too_large' });
    expect(given).toBeLessThanOrEqual(129);
  });
});
