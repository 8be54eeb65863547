import { describe, expect, it } from 'vitest';
import { parseChunk } from './parse-chunk.js';

describe('parseChunk', () => {
  it.each([
    ['[DONE]', 'done'],
    [' [DONE] ', 'done'],
    ['{"choices":[]}', 'chunk'],
    ['{"choices":[],"usage":{}}', 'chunk'],
    ['{"usage":{}}', 'chunk'],
    ['{"choices":[{"message":{"content":"a"}}]}', 'completion'],
    ['{"error":{"message":"a"}}', 'error'],
    ['{"error":"a"}', 'error'],
    ['{"type":"error","error":{"type":"overloaded_error"}}', 'error'],
    ['[{"error":{"code":503,"status":"UNAVAILABLE"}}]', 'error'],
    ['{"object":"error","message":"a","code":400}', 'error'],
    ['{"error":null,"choices":[]}', 'chunk'],
    ['{"type":"ping"}', 'unknown'],
    ['{}', 'unknown'],
    ['', 'invalid'],
    ['null', 'invalid'],
    ['12', 'invalid'],
    ['"a"', 'invalid'],
    ['[]', 'invalid'],
    ['{"choices":[', 'invalid'],
    ['<html>', 'invalid'],
  ])('tells that %s is: %s', (data, type) => expect(parseChunk(data).type).toBe(type));

  it('puts right what loose servers misshape', () => {
    const loose = [
      null,
      { delta: null },
      { index: 'x', delta: { content: 5, tool_calls: {}, annotations: [null] }, finish_reason: '' },
    ];
    expect(parseChunk(JSON.stringify({ choices: loose }))).toEqual({
      type: 'chunk',
      chunk: {
        choices: [
          { index: 0, delta: {}, finish_reason: null },
          { index: 1, delta: { content: null }, finish_reason: null },
        ],
      },
    });
  });

  it.each(['null', '[]', '[null]', '{}'])('leaves out lists that are %s: no server takes an empty one back', (list) => {
    for (const member of ['delta', 'message']) {
      const said = `{"content":"a","tool_calls":${list},"annotations":${list}}`;
      const parsed = parseChunk(`{"choices":[{"index":0,"${member}":${said}}]}`);
      const { choices } =
        'chunk' in parsed ? parsed.chunk : 'completion' in parsed ? parsed.completion : { choices: [] };
      expect(choices[0]).toHaveProperty(member, { content: 'a' });
    }
  });

  it.each([
    ['nulls', { id: null, index: null, function: { name: null, arguments: null } }, { function: {} }],
    ['no function', { index: 1, id: 'a', function: null }, { index: 1, id: 'a', function: {} }],
    [
      'other types',
      { id: 7, index: '1', function: { arguments: { x: 1 } } },
      { id: '7', function: { arguments: '{"x":1}' } },
    ],
  ])('puts tool calls right, in pieces and whole: %s', (_, call, expected) => {
    for (const member of ['delta', 'message']) {
      const parsed = parseChunk(JSON.stringify({ choices: [{ index: 0, [member]: { tool_calls: [call] } }] }));
      expect(parsed).toMatchObject({ type: member === 'delta' ? 'chunk' : 'completion' });
      const { choices } =
        'chunk' in parsed ? parsed.chunk : 'completion' in parsed ? parsed.completion : { choices: [] };
      expect(choices[0]).toHaveProperty(member, { tool_calls: [expected] });
    }
  });

  it('reads the text of a whole answer that came as parts, and skips choices that are none', () => {
    const content = [
      { type: 'text', text: 'a' },
      { type: 'text', text: 'b' },
    ];
    expect(parseChunk(JSON.stringify({ choices: [{ message: { content } }, null, { message: null }] }))).toEqual({
      type: 'completion',
      completion: {
        choices: [
          { index: 0, message: { content: 'ab' }, finish_reason: null },
          { index: 1, message: {}, finish_reason: null },
        ],
      },
    });
  });

  it.each([
    [{ reasoning: 'a' }, 'a'],
    [{ reasoning: 'a', reasoning_content: null }, 'a'],
    [{ reasoning: 'a', reasoning_content: 'b' }, 'b'],
    [{ reasoning: {} }, null],
  ])('reads the reasoning of %j', (delta, text) => {
    const parsed = parseChunk(JSON.stringify({ choices: [{ delta }] }));
    expect(parsed).toMatchObject({ chunk: { choices: [{ delta: { reasoning_content: text } }] } });
  });
});
