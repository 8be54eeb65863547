import { describe, expect, it } from 'vitest';
import { toCandidates } from './candidates.js';

const choose = (waits: Record<string, number>) => toCandidates(Object.keys(waits), (name) => waits[name] ?? 0);

describe('toCandidates', () => {
  it.each([
    ['all that may be asked, in order', { a: 0, b: 0, c: 0 }, ['a', 'b', 'c']],
    ['none that is sick', { a: 5000, b: 0, c: 0.5, d: 0 }, ['b', 'd']],
  ])('lists %s', (_name, waits, ready) => {
    expect(choose(waits)).toEqual({ ready, retryInMs: 0 });
  });

  it('says when the first may be asked when none may now, rounded up', () => {
    expect(choose({ a: 5000, b: 1200.2, c: 1300 })).toEqual({ ready: [], retryInMs: 1201 });
  });

  it('is empty for no targets', () => {
    expect(choose({})).toEqual({ ready: [], retryInMs: 0 });
  });
});
