import { expect, it } from 'vitest';
import { toDuration } from './to-duration.js';

it.each([
  [1, 'en', '1 second'],
  [1499, 'en', '1 second'],
  [12_400, 'en', '12 seconds'],
  [59_400, 'en', '59 seconds'],
  [61_000, 'en', '1 minute'],
  [150_000, 'en', '3 minutes'],
  [12_000, 'de', '12 Sekunden'],
  [2000, 'pl', '2 sekundy'],
  [12_000, 'ja', '12 秒'],
])('tells %s ms in %s', (ms, locale, expected) => {
  expect(toDuration(ms, locale)).toBe(expected);
});
