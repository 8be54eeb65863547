import { describe, expect, it } from 'vitest';
import { createSampleWindow, toQuantile } from './sample-window.js';

describe('createSampleWindow', () => {
  it('keeps the last values only', () => {
    const window = createSampleWindow(3);
    expect([...window.values()]).toEqual([]);
    for (const value of [1, 2, 3, 4, 5]) window.add(value);
    expect([...window.values()].sort()).toEqual([3, 4, 5]);
  });
});

describe('toQuantile', () => {
  it.each([
    [[], 0.5, null],
    [[7], 0.95, 7],
    [[4, 1, 3, 2], 0.5, 2],
    [[4, 1, 3, 2], 0.95, 4],
    [[100, 20, 3], 0.5, 20],
    [[1.26], 0.5, 1.3],
  ])('of %j at %d is %s', (values, quantile, expected) => {
    expect(toQuantile(Float64Array.from(values), quantile)).toBe(expected);
  });
});
