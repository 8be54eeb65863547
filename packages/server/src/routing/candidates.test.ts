import { describe, expect, it } from 'vitest';
import { toCandidates } from './candidates.js';

const choose = (waits: Record<string, number>) => toCandidates(Object.keys(waits), (name) => waits[name] ?? 0);

describe('toCandidates', () => {
  it.each([
    ['all that may be asked, in order', { a: 0, b: 0, c: 0 }, ['a', 'b', 'c']],
    ['none that is sick', { a: 5000, b: 0, c: 0.5, d: 0 }, ['b', 'd']],
  ])('lists %s', (_name, waits, ready) => {
    expect(choose(waits)).toEqual({ ready, leastBad: undefined, retryInMs: 0 });
  });

  it('names the one that may be asked soonest when there is none, and rounds its wait up', () => {
    expect(choose({ a: 5000, b: 1200.2, c: 1300 })).toEqual({ ready: [], leastBad: 'b', retryInMs: 1201 });
  });

  it('takes the first in order of two that are equally bad', () => {
    expect(choose({ a: 1000, b: 1000 }).leastBad).toBe('a');
  });

  it('is empty for no targets', () => {
    expect(choose({})).toEqual({ ready: [], leastBad: undefined, retryInMs: 0 });
  });
});
