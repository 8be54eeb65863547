import { describe, expect, it } from 'vitest';
import { createStreamId, parseLastEventId, toEventId } from './event-id.js';

describe('createStreamId', () => {
  it('has 128 bits of chance and nothing that a URL or an event id would have to escape', () => {
    const ids = new Set(Array.from({ length: 1000 }, createStreamId));
    expect(ids.size).toBe(1000);
    for (const id of ids) expect(id).toMatch(/^st_[\w-]{22}$/);
  });
});

describe('parseLastEventId', () => {
  it('reads back what was written', () => {
    const id = createStreamId();
    expect(parseLastEventId(toEventId(id, 41), id)).toBe(41);
  });

  it.each([
    '',
    'st_a',
    'st_a:',
    'st_a:-1',
    'st_a:1.5',
    'st_a:1e3',
    'st_a: 1',
    'st_b:1',
    'st_a:1:2',
    `st_a:${'9'.repeat(16)}`,
  ])('takes %j for none of the stream', (text) => {
    expect(parseLastEventId(text, 'st_a')).toBeUndefined();
  });
});
