import { describe, expect, it } from 'vitest';
import { isSameOwner, toOwnerKey } from './owner-key.js';

describe('toOwnerKey', () => {
  it('keeps nothing of the credentials', () => {
    expect(toOwnerKey('Bearer secret')).toMatch(/^[\w-]{43}$/);
  });
});

describe('isSameOwner', () => {
  it.each([
    ['the same', 'Bearer a', 'Bearer a', true],
    ['another', 'Bearer a', 'Bearer b', false],
    ['none and some', '', 'Bearer a', false],
    ['none', '', '', true],
  ])('of %s credentials', (_name, one, other, same) => {
    expect(isSameOwner(toOwnerKey(one), toOwnerKey(other))).toBe(same);
  });

  it('does not throw for keys of other lengths', () => {
    expect(isSameOwner('', toOwnerKey('a'))).toBe(false);
  });
});
