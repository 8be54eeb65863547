import { expect, it } from 'vitest';
import { toFileName } from './to-file-name.js';
import { toWhen } from './to-when.js';

const now = Date.UTC(2026, 10, 21, 12);
const minute = 60_000;

it.each([
  ['this moment', 0, 'en', 'now'],
  ['a time to come, by another clock', -minute, 'en', 'now'],
  ['minutes', 5 * minute + 1, 'en', '5 minutes ago'],
  ['hours', 90 * minute, 'de', 'vor 1 Stunde'],
  ['a day', 24 * 60 * minute, 'en', 'yesterday'],
  ['days', 6 * 24 * 60 * minute, 'fr', 'il y a 6 jours'],
  ['a date', 20 * 24 * 60 * minute, 'en', 'Nov 1, 2026'],
])('says %s ago', (_name, agoMs, language, text) => {
  expect(toWhen(now - agoMs, language, now)).toBe(text);
});

it.each([
  ['Where is my order 2041?', 'Where-is-my-order-2041.md'],
  ['متى يصل طلبي؟', 'متى-يصل-طلبي.md'],
  ['../../etc/passwd', 'etc-passwd.md'],
  ['???', 'conversation.md'],
  ['w'.repeat(100), `${'w'.repeat(60)}.md`],
])('names a file for %s', (title, name) => {
  expect(toFileName(title, 'md')).toBe(name);
});
