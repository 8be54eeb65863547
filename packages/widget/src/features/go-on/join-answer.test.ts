import { describe, expect, it } from 'vitest';
import { isJoinable, toAddition, toTail } from './join-answer.js';

const said = 'The shop opens at nine in the morning. On Sundays it is clos';

describe('what is added to an answer that broke off', () => {
  it.each([
    ['its last words and more', 'On Sundays it is closed.', 'ed.'],
    ['the same behind white space', '\n\nSundays it is closed.', 'ed.'],
    ['all of it again', `${said}ed. Bye.`, 'ed. Bye.'],
    ['nothing of it', 'ed, as ever.', 'ed, as ever.'],
    ['a few letters that are the same by accident', 'os', 'os'],
  ])('by %s', (_, more, added) => {
    expect(toAddition(said, more)).toBe(added);
  });

  it('keeps one white space at the seam', () => {
    expect(toAddition('One two three ', 'two three four')).toBe('four');
    expect(toAddition('One two three', 'two three four')).toBe(' four');
    expect(toAddition('List:\n\n', 'List:\n\n- a')).toBe('- a');
  });

  it('is told only when it is known', () => {
    expect(isJoinable(said, 'On Sundays')).toBe(false);
    expect(isJoinable(said, said)).toBe(false);
    expect(isJoinable(said, `${said}e`)).toBe(true);
    expect(isJoinable(said, 'x'.repeat(121))).toBe(true);
  });
});

it('asks for the last words, from the beginning of one', () => {
  expect(toTail('Short one')).toBe('Short one');
  expect(toTail(`${said} `)).toMatch(/^[a-z].* clos$/);
  expect(toTail(`${said} `).length).toBeLessThanOrEqual(60);
});
