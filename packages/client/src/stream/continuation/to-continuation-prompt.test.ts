import { expect, it } from 'vitest';
import { toContinuationPrompt } from './to-continuation-prompt.js';

it.each([
  ['all of a short answer', ' Short one\n', '"Short one"'],
  [
    'the last words of a long one, from the beginning of a word',
    `${'Words and '.repeat(20)}so on `,
    '"and Words and Words and Words and Words and Words and so on"',
  ],
  ['the end of a word that is longer', 'x'.repeat(100), JSON.stringify('x'.repeat(60))],
  ['quotes as JSON has them', 'She said "no', '"She said \\"no"'],
])('asks for %s', (_name, said, asked) => {
  expect(toContinuationPrompt(said)).toContain(`last words exactly, ${asked}, and`);
});
