import { createParser } from 'eventsource-parser';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutsInTwo, randomCuts, toBytes } from '../testing/cut-bytes.js';
import { createSseParser } from './create-sse-parser.js';
import { detectFormat } from './detect-format.js';

interface Seen {
  events: [type: string, data: string, id: string][];
  lastEventId: string;
  retryMs: number | undefined;
}

function read(pieces: readonly Uint8Array[]): Seen {
  const parser = createSseParser({ unterminated: 'discard' });
  const messages = [...pieces.flatMap((piece) => parser.push(piece)), ...parser.end()];
  return {
    events: messages.map(({ event = 'message', data, id = '' }) => [event, data, id]),
    lastEventId: parser.lastEventId,
    retryMs: parser.retryMs,
  };
}

const long = 'x'.repeat(2048);

/**
 * The event-stream cases of web-platform-tests (eventsource/format-*.any.js); the harness puts one more line feed
 * behind each body. Data alone stands for an event of type `message` without an id.
 */
const cases: { name: string; body: string; data?: string[]; seen?: Partial<Seen> }[] = [
  { name: 'bom', body: '\uFEFFdata:1\n\n\uFEFFdata:2\n\ndata:3\n\n', data: ['1', '3'] },
  { name: 'bom-2', body: '\uFEFF\uFEFFdata:1\n\ndata:2\n\ndata:3\n\n', data: ['2', '3'] },
  {
    name: 'comments',
    body: `data:1\r:\0\n:\r\ndata:2\n:${long}\rdata:3\n:data:fail\r:${long}\ndata:4\n\n`,
    data: ['1\n2\n3\n4'],
  },
  {
    name: 'data-before-final-empty-line',
    body: 'retry:1000\ndata:test1\n\nid:test\ndata:test2',
    seen: { events: [['message', 'test1', '']], lastEventId: '', retryMs: 1000 },
  },
  { name: 'field-data', body: 'data:\n\ndata\ndata\n\ndata:test\n\n', data: ['', '\n', 'test'] },
  {
    name: 'field-event',
    body: 'event:test\ndata:x\n\ndata:x\n\n',
    seen: {
      events: [
        ['test', 'x', ''],
        ['message', 'x', ''],
      ],
    },
  },
  { name: 'field-event-empty', body: 'event: \ndata:data\n\n', data: ['data'] },
  {
    name: 'field-id',
    body: 'id: …\nretry:200\ndata:hello\n\n',
    seen: { events: [['message', 'hello', '…']], lastEventId: '…', retryMs: 200 },
  },
  {
    name: 'field-id-2',
    body: 'id: …\ndata:hello\n\ndata:hello\n\n',
    seen: {
      events: [
        ['message', 'hello', '…'],
        ['message', 'hello', '…'],
      ],
      lastEventId: '…',
    },
  },
  {
    name: 'field-id-3, an empty id with a colon',
    body: 'id: 1\ndata: 1\n\ndata: 2\n\nid: 2\ndata: 3\n\ndata: 4\n\nid:\ndata: 5\n\n',
    seen: {
      events: [
        ['message', '1', '1'],
        ['message', '2', '1'],
        ['message', '3', '2'],
        ['message', '4', '2'],
        ['message', '5', ''],
      ],
      lastEventId: '',
    },
  },
  {
    name: 'field-id-3, an empty id without a colon',
    body: 'id: 1\ndata: 1\n\nid\ndata: 2\n\n',
    seen: {
      events: [
        ['message', '1', '1'],
        ['message', '2', ''],
      ],
      lastEventId: '',
    },
  },
  ...['\0\0', 'x\0', '\0x', 'x\0x', ' \0'].map((id) => ({
    name: `field-id-null ${JSON.stringify(id)}`,
    body: `id:${id}\ndata:hello\n\n`,
    seen: { events: [['message', 'hello', '']] as Seen['events'], lastEventId: '' },
  })),
  {
    name: 'field-parsing',
    body: 'data:\0\ndata:  2\rData:1\ndata\0:2\ndata:1\r\0data:4\nda-ta:3\rdata_5\ndata:3\rdata:\r\n data:32\ndata:4\n\n',
    data: ['\0\n 2\n1\n3\n\n4'],
  },
  { name: 'field-retry', body: 'retry:03000\ndata:x\n\n', data: ['x'], seen: { retryMs: 3000 } },
  { name: 'field-retry-bogus', body: 'retry:3000\nretry:1000x\ndata:x\n\n', data: ['x'], seen: { retryMs: 3000 } },
  { name: 'field-retry-empty', body: 'retry\ndata:test\n\n', data: ['test'], seen: { retryMs: undefined } },
  {
    name: 'field-unknown',
    body: 'data:test\n data\ndata\nfoobar:xxx\njustsometext\n:thisisacommentyay\ndata:test\n\n',
    data: ['test\n\ntest'],
  },
  { name: 'leading-space', body: 'data:\ttest\rdata: \ndata:test\n\n', data: ['\ttest\n\ntest'] },
  { name: 'newlines', body: 'data:test\r\ndata\ndata:test\r\n\r\n', data: ['test\n\ntest'] },
  { name: 'null-character', body: 'data:\0\n\n\n', data: ['\0'] },
  { name: 'utf-8', body: 'data:ok…\n\n', data: ['ok…'] },
  {
    name: 'event-data',
    body: 'data:msg\ndata:msg\n\n:\nfalsefield:msg\n\nfalsefield:msg\nData:data\n\ndata\n\ndata:end\n\n',
    data: ['msg\nmsg', '', 'end'],
  },
];

describe('createSseParser', () => {
  describe.each(cases)('reads WPT $name', ({ body, data, seen }) => {
    const bytes = toBytes(body);
    const expected = {
      ...(data && { events: data.map((text) => ['message', text, '']) }),
      ...seen,
    };

    it('whole', () => expect(read([bytes])).toMatchObject(expected));
    it('byte by byte', () => expect(read([...bytes].map((byte) => Uint8Array.of(byte)))).toMatchObject(expected));
    it('cut in two at every position', () => {
      for (const pieces of cutsInTwo(bytes)) expect(read(pieces)).toMatchObject(expected);
    });
    it('cut at random 200 times', () => {
      for (let seed = 1; seed <= 200; seed++) expect(read(randomCuts(bytes, seed))).toMatchObject(expected);
    });
  });

  it.each([
    ['text/event-stream', 'sse'],
    ['text/event-stream;', 'sse'],
    ['text/event-stream;x bogus', 'sse'],
    ['TEXT/Event-Stream; charset=windows-1252', 'sse'],
  ])('takes the content type %s', (type, format) => expect(detectFormat(type, 'data: 1')).toBe(format));

  it('refuses the content type of WPT mime-bogus', () => {
    expect(() => detectFormat('x bogus', 'data: 1\n\n')).toThrow(
      expect.objectContaining({ code: 'unexpected_content_type' }),
    );
  });

  it.each([
    ['whole JSON', 'data: {"a":1}', ['{"a":1}']],
    ['[DONE]', 'data: [DONE]', ['[DONE]']],
    ['JSON with its line end', 'data: {"a":1}\n', ['{"a":1}']],
    ['broken JSON', 'data: {"a":1', []],
    ['text', 'data: hel', []],
    ['a number that may go on', 'data: 12', []],
  ])('takes an unterminated last event that is %s only when it is whole', (_, body, data) => {
    const parser = createSseParser();
    expect([...parser.push(toBytes(body)), ...parser.end()].map((message) => message.data)).toEqual(data);
  });

  it('fails when the body ends inside a character', () => {
    const parser = createSseParser();
    expect(parser.push(toBytes('data: {"a":"é"}\n\ndata: é').slice(0, -1))).toEqual([{ data: '{"a":"é"}' }]);
    parser.end();
    expect(parser.failure).toMatchObject({ code: 'stream_truncated' });
  });

  it.each([
    ['in one piece', ['data: ok\n\n', `data: ${'x'.repeat(101)}\n\n`]],
    ['in pieces', ['data: ok\n\n', ...Array.from({ length: 20 }, () => 'data: 1234567890\n')]],
    ['without a line end', ['data: ok\n\ndata: ', ...Array.from({ length: 20 }, () => '1234567890')]],
  ])('gives the events before one that is too large, which came %s', (_, pieces) => {
    const parser = createSseParser({ maxEventLength: 100 });
    expect(pieces.flatMap((piece) => parser.push(toBytes(piece)))).toEqual([{ data: 'ok' }]);
    expect(parser.failure).toMatchObject({ code: 'event_too_large' });
  });

  it('gives on 100,000 random streams what eventsource-parser makes of their whole text', { timeout: 60_000 }, () => {
    const random = fc.sample(
      fc.array(
        fc.oneof(
          fc.constantFrom('data', 'data:', 'data: ', 'id:', 'event:', 'retry:', ':', '\n', '\r', '\r\n', '\n\n', '\0'),
          fc.string({ maxLength: 6, unit: 'binary' }),
          fc.constantFrom('é', '👍', '\uFEFF', 'data:1\n\n', 'id:7\n', '12'),
        ),
        { maxLength: 14 },
      ),
      { numRuns: 100_000, seed: 20261121 },
    );
    let differing = 0;
    for (const [index, parts] of random.entries()) {
      const text = parts.join('').toWellFormed();
      const expected: [string | undefined, string][] = [];
      createParser({ onEvent: ({ event, data }) => expected.push([event, data]) }).feed(text);
      const parser = createSseParser({ unterminated: 'discard' });
      const found: [string | undefined, string][] = [];
      for (const piece of randomCuts(toBytes(text), index + 1)) {
        for (const { event, data } of parser.push(piece)) found.push([event, data]);
      }
      if (JSON.stringify(found) !== JSON.stringify(expected)) differing++;
    }
    expect(differing).toBe(0);
  });
});
