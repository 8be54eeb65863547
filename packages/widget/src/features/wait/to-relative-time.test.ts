import { expect, it } from 'vitest';
import { toRelativeTime } from './to-relative-time.js';

it.each([
  [1, 'en', 'in 1 second'],
  [28_000, 'en', 'in 28 seconds'],
  [600_000, 'en', 'in 10 minutes'],
  [28_000, 'de', 'in 28 Sekunden'],
  [28_000, 'not a locale!', 'in 28 seconds'],
  [28_000, '', 'in 28 seconds'],
])('says %s ms in the language %j', (delayMs, locale, expected) => {
  expect(toRelativeTime(delayMs, locale)).toBe(expected);
});
