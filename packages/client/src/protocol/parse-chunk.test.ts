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
          { index: 1, delta: { content: null, tool_calls: [], annotations: [] }, finish_reason: null },
        ],
      },
    });
  });
});
