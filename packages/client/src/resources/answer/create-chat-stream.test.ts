import { describe, expect, it } from 'vitest';
import { createClient, type NovaClient } from '../../create-client.js';
import type { ChatEvent } from '../../protocol/index.js';
import { openClient, question } from '../../test-support/open-client.js';
import { readAll } from '../../test-support/read-all.js';
import { sseAnswer, sseChunk } from '../../test-support/sse-text.js';
import { createScriptedTransport } from '../../testing/create-scripted-transport.js';

const typesOf = (events: ChatEvent[]): string[] => events.map(({ type }) => type);
const textOf = (event: ChatEvent): string => (event.type === 'text-delta' ? event.text : '');

describe('the place of a reader', () => {
  const words = Array.from({ length: 40 }, (_, index) => `w${index} `);
  const whole = words.join('');
  const event = (index: number): string =>
    sseChunk(index === 0 ? { reasoning_content: 'hm', content: words[0] ?? '' } : { content: words[index] ?? '' }, {
      id: `s1:${index}`,
    });
  const end = `${sseChunk({}, { finish_reason: 'stop', id: 's1:40' })}id: s1:41\ndata: [DONE]\n\n`;
  /** A server that keeps the stream, and gives what comes after an event. */
  const connect = (): NovaClient =>
    createClient({
      baseUrl: 'http://nova.test/',
      transport: createScriptedTransport(({ headers }) => {
        const after = Number(headers['last-event-id']?.split(':')[1] ?? -1);
        // All in one piece, so that it runs ahead of whoever reads.
        const rest = words.map((_, index) => event(index)).slice(after + 1);
        return { body: [rest.join('') + (after < 41 ? end : '')] };
      }),
    });

  it.each([1, 2, 7, 40])(
    'is where a slow reader stands after %i words, so that nothing is lost or doubled',
    async (at) => {
      const stream = connect().chat.stream(question);
      let read = '';
      let count = 0;
      for await (const event of stream) {
        read += textOf(event);
        if (event.type !== 'text-delta' || ++count < at) continue;
        // The rest has come by now.
        await new Promise((resolve) => setTimeout(resolve, 5));
        break;
      }
      expect(stream.snapshot.choices[0]?.message.content).toBe(read);
      const { lastEventId = '', streamId = '' } = stream;
      expect(lastEventId).toBe(at < 40 ? `s1:${at - 1}` : 's1:40');
      const rest = await connect().chat.resume(streamId, { after: lastEventId }).result();
      expect([rest.outcome, read + rest.text]).toEqual(['complete', whole]);
    },
  );

  it('moves only with the last event of a chunk', async () => {
    const stream = connect().chat.stream(question);
    const seen: unknown[] = [];
    for await (const { type } of stream) {
      seen.push([type, stream.lastEventId, stream.snapshot.choices[0]?.message.content]);
      if (seen.length === 4) break;
    }
    expect(seen).toEqual([
      ['stream-start', undefined, null],
      ['reasoning-delta', undefined, null],
      ['text-delta', 's1:0', 'w0 '],
      ['text-delta', 's1:1', 'w0 w1 '],
    ]);
  });

  it.each<[string, (stream: ReturnType<NovaClient['chat']['stream']>) => AsyncIterable<unknown>]>([
    ['its events', (stream) => stream],
    ['its text', (stream) => stream.textStream()],
    ['a web stream', (stream) => stream.toReadableStream()],
  ])('is left with %s, before the first read too', async (_, read) => {
    const stream = connect().chat.stream(question);
    await read(stream)[Symbol.asyncIterator]().return?.();
    expect(await stream.result()).toMatchObject({ outcome: 'aborted' });
  });

  it.each<[string, (stream: ReturnType<NovaClient['chat']['stream']>) => AsyncIterable<unknown>]>([
    ['its text', (stream) => stream.textStream()],
    ['a web stream', (stream) => stream.toReadableStream()],
    [
      'the slower end of a tee',
      (stream) => {
        const [fast, slow] = stream.tee();
        void readAll(fast);
        return slow;
      },
    ],
  ])('is that of %s too', async (_, read) => {
    const stream = connect().chat.stream(question);
    for await (const item of read(stream)) {
      if (item !== 'w5 ' && (item as { text?: string }).text !== 'w5 ') continue;
      await new Promise((resolve) => setTimeout(resolve, 5));
      expect(stream.lastEventId).toBe('s1:5');
      expect(stream.snapshot.choices[0]?.message.content).toBe(words.slice(0, 6).join(''));
      break;
    }
  });

  it('is the end of what came while nobody reads, and the result has its own', async () => {
    const stream = connect().chat.stream(question);
    expect(await stream.result()).toMatchObject({ text: whole, lastEventId: 's1:40' });
    expect([stream.snapshot.choices[0]?.message.content, stream.lastEventId]).toEqual([whole, 's1:40']);
    let read = '';
    for await (const event of stream) {
      read += textOf(event);
      if (event.type === 'text-delta') expect(stream.snapshot.choices[0]?.message.content).toBe(read);
    }
    expect(read).toBe(whole);
    expect(stream.lastEventId).toBe('s1:40');
  });

  it('lets an answer that was read to its end be asked for again', async () => {
    const stream = connect().chat.stream(question);
    const { lastEventId = '' } = await stream.result();
    const again = await connect().chat.resume('s1', { after: lastEventId }).result();
    expect(again).toMatchObject({ outcome: 'complete', text: '' });
  });
});

describe('a stream', () => {
  it('has methods that need no this', async () => {
    const { result, toolCalls, stop, disconnect, textStream, toReadableStream, tee } = openClient([
      {
        body: [
          sseChunk({ tool_calls: [{ index: 0, id: 't', function: { name: 'f', arguments: '{}' } }] }),
          sseAnswer(''),
        ],
      },
    ]).nova.chat.stream(question);
    expect(await toolCalls()).toEqual([{ id: 't', name: 'f', arguments: '{}', input: {} }]);
    expect((await result()).outcome).toBe('complete');
    await stop();
    disconnect();
    expect(textStream()).toBeDefined();
    for (const again of [toReadableStream, tee])
      expect(again).toThrow(expect.objectContaining({ code: 'already_read' }));
  });

  it('gives its result inside its own loop, however much of it is left', { timeout: 20_000 }, async () => {
    const many = Array.from({ length: 5_000 }, () => sseChunk({ content: 'x' }));
    const stream = openClient([{ body: [...many, sseAnswer('end')] }]).nova.chat.stream(question);
    let events = 0;
    let text = '';
    for await (const event of stream) {
      events++;
      text += textOf(event);
      if (events === 3) expect((await stream.result()).text).toHaveLength(5_003);
    }
    expect(events).toBe(5_000 + 3);
    expect(text).toHaveLength(5_003);
  });

  it('can be read as text, as a stream and twice at the same time, but not twice in a row', async () => {
    const { nova } = openClient(() => ({ body: [sseAnswer('a b c')] }));
    expect(await readAll(nova.chat.stream(question).textStream())).toEqual(['a ', 'b ', 'c']);
    const all = ['stream-start', 'text-delta', 'text-delta', 'text-delta', 'end'];
    expect(typesOf(await readAll(nova.chat.stream(question).toReadableStream()))).toEqual(all);
    const [first, second] = nova.chat.stream(question).tee();
    expect(typesOf(await readAll(first))).toEqual(all);
    expect(typesOf(await readAll(second))).toEqual(all);
    const stream = nova.chat.stream(question);
    await readAll(stream);
    expect(() => stream[Symbol.asyncIterator]()).toThrow('A stream is read once; tee()');
  });

  it('goes on for one reader of a tee when the other leaves', async () => {
    const { nova } = openClient([{ body: [sseChunk({ content: 'a' }), { waitMs: 5 }, sseAnswer('b')] }]);
    const [first, second] = nova.chat.stream(question).tee();
    for await (const event of first) if (event.type === 'text-delta') break;
    expect(typesOf(await readAll(second))).toEqual(['stream-start', 'text-delta', 'text-delta', 'end']);
  });

  it('reads to the end for result() alone, and shows what it has meanwhile', async () => {
    const { nova } = openClient([{ body: [sseChunk({ content: 'a' }), { waitMs: 50 }, sseAnswer('b')] }]);
    const stream = nova.chat.stream(question);
    expect(stream.snapshot.choices[0]?.message.content).toBeNull();
    await expect.poll(() => stream.snapshot.choices[0]?.message.content).toBe('a');
    expect(await stream.result()).toMatchObject({ outcome: 'complete', text: 'ab' });
    expect(stream.snapshot.choices[0]?.message.content).toBe('ab');
    expect(typesOf(await readAll(stream))).toEqual(['stream-start', 'text-delta', 'text-delta', 'end']);
  });

  it('reads no further than its reader wants', async () => {
    let given = 0;
    const body = {
      async *[Symbol.asyncIterator]() {
        for (; given < 20_000; given++) yield new TextEncoder().encode(sseChunk({ content: 'x' }));
        yield new TextEncoder().encode(sseAnswer('end'));
      },
    };
    const transport = {
      send: async () => ({
        status: 200,
        headers: new Headers({ 'content-type': 'text/event-stream' }),
        body,
        cancel() {},
      }),
    };
    const stream = createClient({ baseUrl: '', transport }).chat.stream(question);
    const iterator = stream[Symbol.asyncIterator]();
    await iterator.next();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(given).toBeLessThan(2_000);
    let events = 1;
    while (!(await iterator.next()).done) events++;
    expect(events).toBe(20_000 + 3);
  });
});
