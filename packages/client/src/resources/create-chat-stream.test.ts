import { describe, expect, it } from 'vitest';
import type { ClientOptions } from '../client-options.js';
import { createClient, type NovaClient } from '../create-client.js';
import type { ChatEvent } from '../protocol/index.js';
import { sseAnswer, sseChunk } from '../test-support/sse-text.js';
import { createScriptedTransport, type ScriptedAnswer } from '../testing/create-scripted-transport.js';

const question = { messages: [{ role: 'user' as const, content: 'hi' }] };

function open(script: readonly ScriptedAnswer[], options: Partial<ClientOptions> = {}): NovaClient {
  const transport = createScriptedTransport(script);
  return createClient({ baseUrl: 'http://nova.test/', transport, retry: { delays: [] }, ...options });
}

async function readAll<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

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
    const { result, toolCalls, stop, disconnect, textStream, toReadableStream, tee } = open([
      {
        body: [
          sseChunk({ tool_calls: [{ index: 0, id: 't', function: { name: 'f', arguments: '{}' } }] }),
          sseAnswer(''),
        ],
      },
    ]).chat.stream(question);
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
    const stream = open([{ body: [...many, sseAnswer('end')] }]).chat.stream(question);
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
});

describe('the log of a stream', () => {
  const collect = (): { lines: unknown[]; logger: NonNullable<ClientOptions['logger']> } => {
    const lines: unknown[] = [];
    return { lines, logger: { debug: () => {}, warn: (...line) => void lines.push(line) } };
  };
  const secret = { messages: [{ role: 'user' as const, content: 'secret' }] };
  const headers = { 'content-type': 'text/event-stream', 'x-request-id': 'r7' };

  it.each<[string, ScriptedAnswer['body'], string]>([
    ['was truncated', [sseChunk({ content: 'secret' })], 'stream_truncated'],
    ['broke', [sseChunk({ content: 'secret' }), { error: new Error('secret') }], 'stream_interrupted'],
    ['failed', [sseChunk({ content: 'a' }), 'data: {"error":{"message":"secret"}}\n\n'], 'stream_error'],
  ])('has one line for one that %s after its headers', async (_, body, code) => {
    const { lines, logger } = collect();
    const nova = open([{ headers, body }], { logger, headers: { authorization: 'secret' } });
    await nova.chat.stream(secret).result();
    expect(lines).toEqual([['stream failed', { code, attempts: 1, requestId: 'r7' }]]);
  });

  it('has one for a posted stream too', async () => {
    const { lines, logger } = collect();
    const nova = open([{ headers, body: ['data: 1\n\n', { error: new Error('secret') }] }], { logger });
    await expect(readAll(nova.postStream('/x', secret))).rejects.toMatchObject({ requestId: 'r7' });
    expect(lines).toEqual([['stream failed', { code: 'stream_interrupted', attempts: 1, requestId: 'r7' }]]);
  });

  it('has none for one that is complete or was left', async () => {
    const { lines, logger } = collect();
    const body = [sseAnswer('a')];
    const nova = open([{ body }, { body }], { logger });
    await nova.chat.stream(question).result();
    await nova.chat.stream(question).stop();
    expect(lines).toEqual([]);
  });
});
