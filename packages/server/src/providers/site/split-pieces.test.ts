import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitPieces } from './split-pieces.js';

describe('splitPieces', () => {
  it('makes pieces of a few words', () => {
    expect(splitPieces('One two three four.\n\n- five')).toEqual(['One two three ', 'four.\n\n- five']);
  });

  it('cuts scripts without blanks between characters', () => {
    const text = '配送は三日以内に発送します。'.repeat(5) + '😀'.repeat(30);
    const pieces = splitPieces(text);
    expect(pieces.length).toBeGreaterThan(3);
    expect(pieces.every((piece) => piece.isWellFormed())).toBe(true);
  });

  it('loses nothing of any text', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => splitPieces(text).join('') === text));
    expect(splitPieces('')).toEqual([]);
  });
});
