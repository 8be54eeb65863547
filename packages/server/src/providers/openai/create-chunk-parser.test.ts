import { parseChunk } from '@nova-chat/client/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
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

/** What the parser makes of these events, and which of them it did not have to parse. */
function read(events: readonly string[], keepsUsage = false): { parsed: unknown[]; known: boolean[] } {
  const parser = createChunkParser({ keepsUsage });
  const parsed = events.map((data) => parser.parse(data));
  const chunks = parsed.flatMap((one) => (one.type === 'chunk' ? [one.chunk] : []));
  const written = parser.withJson([...chunks]);
  expect(written.map(({ chunk }) => chunk)).toEqual(chunks);
  for (const { chunk, json } of written) {
    if (json === undefined) continue;
    expect(JSON.parse(json)).toEqual(chunk);
    expect(json).not.toMatch(/[\r\n]/);
  }
  return { parsed, known: written.map(({ json }) => json !== undefined) };
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
