import { expect, it } from 'vitest';
import { measureDistance } from './measure-distance.js';

it.each([
  ['return', 'return', 0],
  ['return', 'retrun', 1],
  ['return', 'returns', 1],
  ['return', 'retorn', 1],
  ['return', 'etur', 2],
  ['return', 'banana', 3],
  ['', 'ab', 2],
])('counts what lies between %j and %j: %i', (one, other, count) => {
  expect(measureDistance(one, other)).toBe(count);
});
