import { describe, expect, it } from 'vitest';
import { cutsInTwo, randomCuts, toBytes } from '../testing/cut-bytes.js';
import { createJsonParser } from './create-json-parser.js';
import type { ParserOptions } from './stream-message.js';

function read(pieces: Iterable<Uint8Array>, options?: ParserOptions): { data: string[]; code: string | undefined } {
  const parser = createJsonParser(options);
  const messages = [...pieces].flatMap((piece) => parser.push(piece));
  messages.push(...parser.end());
  return { data: messages.map(({ data }) => data), code: parser.failure?.code };
}

const pretty = JSON.stringify({ a: 'é👍', b: [1, 2] }, null, 2);

describe('createJsonParser', () => {
  it.each<[string, string, string[], string?]>([
    ['lines', '{"a":"é"}\n{"b":2}\n', ['{"a":"é"}', '{"b":2}']],
    ['lines that end as on Windows', '{"a":1}\r\n{"b":2}\r\n', ['{"a":1}', '{"b":2}']],
    ['empty lines', '\n\n{"a":1}\n\n{"b":2}\n\n', ['{"a":1}', '{"b":2}']],
    ['a last line without its end', '{"a":1}\n{"b":2}', ['{"a":1}', '{"b":2}']],
    ['a last line that breaks off', '{"a":1}\n{"b":', ['{"a":1}'], 'stream_truncated'],
    ['one value over many lines', `${pretty}\n`, [pretty]],
    ['one value over many lines, and [DONE]', `${pretty}\n\ndata: [DONE]\n`, [pretty]],
    ['a list over many lines', '[\n{"a":1}\n]', ['[\n{"a":1}\n]']],
    ['a value that breaks off', pretty.slice(0, -3), [], 'stream_truncated'],
    ['a line that is broken, for its reader to find', '{"a":1}\n{"b\n{"c":3}\n', ['{"a":1}', '{"b', '{"c":3}']],
    ['a byte order mark', '\uFEFF{"a":1}\n', ['{"a":1}']],
    ['nothing', '', []],
  ])('reads %s, cut anywhere', (_, body, data, code) => {
    const bytes = toBytes(body);
    const expected = { data, code };
    expect(read([bytes])).toEqual(expected);
    expect(read([...bytes].map((byte) => Uint8Array.of(byte)))).toEqual(expected);
    for (const pieces of cutsInTwo(bytes)) expect(read(pieces)).toEqual(expected);
    for (let seed = 1; seed <= 200; seed++) expect(read(randomCuts(bytes, seed))).toEqual(expected);
  });

  it.each([
    ['in one piece', ['{"a":1}\n', `{"b":"${'x'.repeat(100)}"}\n`]],
    ['in pieces', ['{"a":1}\n', ...Array.from({ length: 30 }, () => '{"b":')]],
  ])('gives the lines before one that is too long, which came %s', (_, pieces) => {
    expect(read(pieces.map(toBytes), { maxEventLength: 100 })).toEqual({ data: ['{"a":1}'], code: 'event_too_large' });
  });

  it('reads a value full of blanks in a time that grows with it', () => {
    const body = `{"a":"${' '.repeat(1_000_000)}"}`;
    expect(read([toBytes(body)])).toEqual({ data: [body], code: undefined });
  });

  it('fails when the body ends inside a character', () => {
    expect(read([toBytes('{"a":1}\n{"b":"é').slice(0, -1)])).toEqual({ data: ['{"a":1}'], code: 'stream_truncated' });
  });
});
