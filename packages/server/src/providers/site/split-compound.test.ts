import { expect, it, vi } from 'vitest';
import { splitCompound } from './split-compound.js';

const isOf =
  (...words: string[]) =>
  (part: string): boolean =>
    words.includes(part);

it.each([
  ['versandkosten', ['versand', 'kosten']],
  // The longer first part says more.
  ['radwegekarte', ['radwege', 'karte']],
  ['versandhaus', undefined],
])('splits into two words of the content: %s', (word, parts) => {
  const first = isOf('versand', 'rad', 'radwege');
  expect(splitCompound(word, { first, last: isOf('kosten', 'karte', 'wegekarte') })).toEqual(parts);
});

it('looks for nothing in what is longer than any noun', () => {
  const first = vi.fn(() => false);
  expect(splitCompound('a'.repeat(61), { first, last: first })).toBeUndefined();
  expect(first).not.toHaveBeenCalled();
});
