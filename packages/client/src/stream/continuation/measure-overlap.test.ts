import { describe, expect, it } from 'vitest';
import { measureOverlap } from './measure-overlap.js';

describe('measureOverlap', () => {
  it.each([
    ['the last words', 'The quick brown', 'quick brown fox', 'The quick brown fox'],
    ['the last words with their space', 'The quick brown ', 'quick brown fox', 'The quick brown fox'],
    ['the last word behind a line', 'One.\n\nTwo\n', 'Two\nThree', 'One.\n\nTwo\nThree'],
    ['a word that was cut', 'Hello wor', 'world, you', 'Hello world, you'],
    ['the whole text', 'Hel', 'Hello', 'Hello'],
    ['the whole text behind white space', 'Once upon a time', '\n\nOnce upon a time there', 'Once upon a time there'],
    ['a short word that is whole', 'I think I', 'I am', 'I think I am'],
    ['words without spaces between them', '今日は良い天気', '良い天気です', '今日は良い天気です'],
    [
      'a long part of a word',
      'Donaudampfschifffahrt',
      'dampfschifffahrtsgesellschaft',
      'Donaudampfschifffahrtsgesellschaft',
    ],
  ])('finds %s', (_name, before, after, whole) => {
    expect(before + after.slice(measureOverlap(before, after))).toBe(whole);
  });

  it.each([
    ['letters in the middle of words', 'Hel', 'lo world'],
    ['the rest of a word', 'wor', 'ld'],
    ['another word', 'quick ', 'brown'],
    ['a word said twice behind its own space', 'It was very', ' very good'],
    ['a number said twice', '1 2', ' 2 3'],
    ['digits of one number', '10', '00'],
    ['signs', 'a -- ', '-- b'],
    ['nothing before', '', 'anything'],
    ['nothing after', 'anything', ''],
  ])('takes %s for new', (_name, before, after) => {
    expect(measureOverlap(before, after)).toBe(0);
  });

  it('takes no long time over one letter that stands there many times', () => {
    const run = 'a'.repeat(400_000);
    expect(measureOverlap(`${run}b`, `${run}c`)).toBe(0);
    expect(measureOverlap(`b${run}`, `${run}c`)).toBe(run.length);
  });
});
