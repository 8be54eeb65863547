import { describe, expect, it } from 'vitest';
import { parseToolCall } from './parse-tool-call.js';

describe('parseToolCall', () => {
  it.each([
    ['{"x":1}', { x: 1 }],
    ['', {}],
    ['{"x":', undefined],
  ])('reads the arguments %s', (args, input) => {
    const parsed = parseToolCall({ id: 'a', type: 'function', function: { name: 'f', arguments: args } });
    expect(parsed).toEqual({ id: 'a', name: 'f', arguments: args, input });
  });
});
