import { type ChatChunk, type ParsedChunk, parseChunk } from '@nova-chat/client/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ProviderChunk } from '../provider.js';
import { createChunkParser } from './create-chunk-parser.js';

const toData = (content: unknown, more: object = {}, delta: object = {}): string =>
  JSON.stringify({
    id: 'chatcmpl-1',
    object: 'chat.completion.chunk',
    created: 1,
    model: 'm',
    choices: [{ index: 0, delta: { ...delta, content }, logprobs: null, finish_reason: null }],
    ...more,
  });

interface Read {
  /** Event by event, those of one chunk too. */
  parsed: ParsedChunk[];
  /** Which of the chunks did not have to be parsed. */
  known: boolean[];
  chunks: ProviderChunk[];
}

/** What the parser makes of events that come together. */
function read(events: readonly string[], keepsUsage = false): Read {
  const parser = createChunkParser({ keepsUsage });
  const results = events.map((data) => parser.parse(data));
  const chunks = parser.withJson(results.flatMap((one) => (one.type === 'chunk' ? [one.chunk] : [])));
  const said = chunks.flatMap(({ chunk, json }) => json?.map((text) => JSON.parse(text) as ChatChunk) ?? [chunk]);
  const known = chunks.flatMap(({ json }) => json?.map(() => true) ?? [false]);
  for (const { chunk, json } of chunks) {
    for (const text of json ?? []) expect(text).not.toMatch(/[\r\n]/);
    const content = json?.map((text) => (JSON.parse(text) as ChatChunk).choices[0]?.delta.content).join('');
    const [choice] = chunk.choices;
    if (json) expect({ ...JSON.parse(json[0] ?? ''), choices: chunk.choices }).toEqual(chunk);
    if (json) expect(choice).toEqual({ ...choice, delta: { ...choice?.delta, content } });
  }
  let at = 0;
  const parsed = events.map((data, index): ParsedChunk => {
    const one = results[index] as ParsedChunk;
    const isAdded = one.type === 'unknown' && parseChunk(data).type === 'chunk';
    return one.type === 'chunk' || isAdded ? { type: 'chunk', chunk: said[at++] as ChatChunk } : one;
  });
  expect(at).toBe(said.length);
  return { parsed, known, chunks };
}

describe('createChunkParser', () => {
  it.each<[string, string[], boolean[]]>([
    ['text after text', [toData('a'), toData('b'), toData(''), toData('c')], [false, true, true, true]],
    ['every escape', [toData('a'), toData('"\\\n\u0001\t/ü🌍')], [false, true]],
    [
      'escapes that need not be',
      [toData('a'), toData('b').replace('"b"', '"\\u00e9\\/\\ud83c\\udf0d"')],
      [false, true],
    ],
    ['half a character', [toData('a'), toData('b').replace('"b"', '"\\ud83c"')], [false, true]],
    ['space behind colons', [toData('a'), toData('b')].map((data) => data.replaceAll('":', '": ')), [false, true]],
    ['lines', [toData('a'), toData('b')].map((data) => data.replaceAll(',"', ',\n"')), [false, true]],
    [
      'members that are not known',
      [toData('a', { x: { content: 'y' } }), toData('b', { x: { content: 'y' } })],
      [false, true],
    ],
    ['what changes beside the text', [toData('a', { p: 'x' }), toData('b', { p: 'yz' })], [false, false]],
    [
      'a change on the way, and back',
      [toData('a'), toData('b'), toData('c', { created: 2 }), toData('d', { created: 2 }), toData('e')],
      [false, true, false, true, false],
    ],
    [
      'a text that stands elsewhere',
      ['a', 'b'].map((text) => `{"x":{"content":"${text}"},${toData('same').slice(1)}`),
      [false, false],
    ],
    [
      'the same name twice',
      ['a', 'b'].map((text) => toData('first').replace('"content":"first"', `"content":"first","content":"${text}"`)),
      [false, false],
    ],
    ['the end', [toData('a'), toData('b'), toData('c').replace('null}]', '"stop"}]')], [false, true, false]],
    ['several choices', ['a', 'b'].map((text) => toData(text).replace('}]}', '},{"index":1}]}')), [false, false]],
    ['no text', [toData(null), toData(null), toData(['x']), toData(1)], [false, false, false, false]],
    ['a text that breaks out of its quotes', [toData('a'), toData('b').replace('"b"', '"b","x":"c"')], [false, false]],
  ])('reads %s as it is', (_, events, known) => {
    const result = read(events);
    expect(result.parsed).toEqual(events.map(parseChunk));
    expect(result.known).toEqual(known);
  });

  it.each<[string, string[]]>([
    ['is cut', [toData('a'), toData('b'), toData('c').slice(0, -3)]],
    ['has an open quote', [toData('a'), toData('b'), toData('c').replace('"c"', '"c\\"')]],
    ['has a raw line break in its text', [toData('a'), toData('b'), toData('c').replace('"c"', '"c\nd"')]],
    ['has an escape that is none', [toData('a'), toData('b'), toData('c').replace('"c"', '"\\x"')]],
  ])('finds that an event %s', (_, events) => {
    expect(read(events).parsed.at(-1)).toEqual({ type: 'invalid' });
  });

  it('makes one chunk of texts that come together, and none of what lies between', () => {
    const texts = ['a', 'b', 'c'].map((text) => toData(text));
    const contents = (events: string[]): unknown[] =>
      read(events).chunks.map(({ chunk, json }) => [chunk.choices[0]?.delta.content, json?.length]);
    expect(contents(texts)).toEqual([
      ['a', undefined],
      ['bc', 2],
    ]);
    expect(contents([...texts, '{}', ...texts])).toEqual([
      ['a', undefined],
      ['bc', 2],
      ['abc', 3],
    ]);
    expect(contents([...texts, toData('d', { x: 1 }), toData('e')])).toEqual([
      ['a', undefined],
      ['bc', 2],
      ['d', undefined],
      ['e', 1],
    ]);
  });

  it('begins a chunk for what comes later', () => {
    const parser = createChunkParser({ keepsUsage: false });
    const contents = ['ab', 'cd', 'e'].map((batch) => {
      const parsed = [...batch].map((text) => parser.parse(toData(text)));
      const chunks = parser.withJson(parsed.flatMap((one) => (one.type === 'chunk' ? [one.chunk] : [])));
      return chunks.map(({ chunk }) => chunk.choices[0]?.delta.content);
    });
    expect(contents).toEqual([['a', 'b'], ['cd'], ['e']]);
  });

  it('leaves the null of usage out unless it was asked for', () => {
    const events = [toData('a', { usage: null }), toData('b', { usage: null })];
    expect(read(events, true).parsed[1]).toHaveProperty('chunk.usage', null);
    const { parsed, known } = read(events);
    expect(parsed[1]).not.toHaveProperty('chunk.usage');
    expect(known).toEqual([false, true]);
  });

  it('says the same as parsing each event, whatever they are', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('', '"', '\\', 'nova-text-here', 'content":"'),
    );
    const event = fc.oneof(
      { weight: 6, arbitrary: text.map((content) => toData(content)) },
      { weight: 2, arbitrary: text.map((content) => toData(content, { id: 'other' }, { role: 'assistant' })) },
      { weight: 1, arbitrary: fc.tuple(text, text).map(([content, x]) => toData(content, { x })) },
      { weight: 1, arbitrary: fc.tuple(text, fc.nat(80)).map(([content, at]) => toData(content).slice(at)) },
      { weight: 1, arbitrary: fc.constantFrom('[DONE]', '{}', 'null', '{"usage":{},"choices":[]}') },
    );
    fc.assert(
      fc.property(fc.array(event, { maxLength: 20 }), (events) => {
        expect(read(events).parsed).toEqual(events.map(parseChunk));
      }),
      { numRuns: 500 },
    );
  });
});
