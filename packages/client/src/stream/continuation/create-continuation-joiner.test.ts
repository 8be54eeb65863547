import { describe, expect, it } from 'vitest';
import { createContinuationJoiner, RestartedAnswerError } from './create-continuation-joiner.js';

const whole =
  'Parcels leave the house within two days. To Norway they take five more, and the price is 12.50 €:\n\n' +
  '- up to 2 kg: 4 euros\n- up to 5 kg: 6 euros\n\nWe also ship „Möbel“ 🚚, but only on request; write to us first.';

/** What comes out behind `before`, piece by piece. */
function join(before: string, pieces: readonly string[]): string {
  const joiner = createContinuationJoiner(before);
  return before + pieces.map((piece) => joiner.push(piece)).join('') + joiner.end();
}

/** Texts in lots of so many characters. */
const inLots = (text: string, size: number): string[] => text.match(new RegExp(`.{1,${size}}`, 'gsu')) ?? [];

/** Where the n-th last word of a text begins. */
function startOfTail(text: string, words: number): number {
  const starts = [...text.matchAll(/\S+/g)].map(({ index }) => index);
  return starts.at(-words) ?? 0;
}

// Every position of the cut, on code points.
const cuts = [...whole.matchAll(/./gsu)].slice(1).map(({ index }) => index);

describe('an answer that was cut at any character', () => {
  it.each([1, 3, 7, 1000])('is whole when the next goes on exactly, in pieces of %i', (size) => {
    for (const cut of cuts) expect(join(whole.slice(0, cut), inLots(whole.slice(cut), size))).toBe(whole);
  });

  it.each([3, 4, 6, 12])('is whole when the next repeats the last %i words', (words) => {
    for (const cut of cuts) {
      const before = whole.slice(0, cut);
      for (const size of [2, 50])
        expect(join(before, inLots(whole.slice(startOfTail(before, words)), size))).toBe(whole);
    }
  });

  it.each([1, 5, 1000])('is whole when the next begins anew with the same words, in pieces of %i', (size) => {
    for (const cut of cuts) {
      expect(join(whole.slice(0, cut), inLots(whole, size))).toBe(whole);
    }
  });
});

describe('createContinuationJoiner', () => {
  it('holds back only while it could be a repetition', () => {
    const joiner = createContinuationJoiner('The quick brown');
    expect([joiner.push('bro'), joiner.push('wn'), joiner.push(' fox'), joiner.push(' and brown')]).toEqual([
      '',
      '',
      ' fox',
      ' and brown',
    ]);
  });

  it.each(['', '\n\n'])('says nothing when the next only says the beginning again, behind %j', (lead) => {
    const before = `${lead}It is as simple as that, really.`;
    expect(join(before, ['It is as simple as that'])).toBe(before);
  });

  const verse = 'And the ship sails out at the break of the day,\n';
  const refrain = 'Oh the wind, oh the wind, it carries us home.\n';
  const song = `One.\n${verse}${refrain}Two.\n${verse}`;

  it.each([
    ['with its last words', song, verse + refrain],
    ['exactly', song, refrain],
    ['in the middle of a word', song.slice(0, -3), `y,\n${refrain}`],
  ])('keeps what an answer says twice, when the next goes on %s', (_name, before, after) => {
    for (const size of [1, 7, 1000]) expect(join(before, inLots(after, size))).toBe(song + refrain);
  });

  it('refuses an answer that begins anew and then goes another way', () => {
    const joiner = createContinuationJoiner('The shop is open on Monday from nine to five.');
    expect(() => joiner.push('The shop is open on Mondays and')).toThrow(
      expect.objectContaining({ name: 'RestartedAnswerError', text: 'The shop is open on Mondays and' }),
    );
  });

  it('takes no long time over one letter that stands there many times', () => {
    const run = 'a'.repeat(400_000);
    const joiner = createContinuationJoiner(`${run}.`);
    expect(joiner.push(run)).toBe('');
    expect(() => joiner.push('a')).toThrow(RestartedAnswerError);
  });
});
