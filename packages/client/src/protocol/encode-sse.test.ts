import { describe, expect, it } from 'vitest';
import { encodeSse, sseDone } from './encode-sse.js';

describe('encodeSse', () => {
  it.each([
    [{ data: '{"a":1}' }, 'data: {"a":1}\n\n'],
    [{ data: 'a', id: 's:1', event: 'x' }, 'id: s:1\nevent: x\ndata: a\n\n'],
    [{ data: 'a\nb\r\nc\rd' }, 'data: a\ndata: b\ndata: c\ndata: d\n\n'],
    [{ data: '', id: '' }, 'id: \ndata: \n\n'],
  ])('writes %j', (frame, text) => expect(encodeSse(frame)).toBe(text));

  it('ends an answer as OpenAI does', () => expect(sseDone).toBe('data: [DONE]\n\n'));
});
