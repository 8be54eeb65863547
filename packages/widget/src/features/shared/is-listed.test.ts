import { beforeAll, expect, it, vi } from 'vitest';
import { isListed } from './is-listed.js';

beforeAll(() => {
  vi.stubGlobal('location', new URL('https://shop.example/'));
  return () => vi.unstubAllGlobals();
});

it.each([
  ['https://shop.example/a', 'https://shop.example', true],
  ['https://shop.example/a', 'https://shop.example/b', true],
  ['http://shop.example/a', 'https://shop.example', false],
  ['http://shop.example/a', 'shop.example', true],
  ['https://evil-shop.example/', 'shop.example', false],
  ['https://shop.example.evil.example/', 'shop.example', false],
  ['https://a.shop.example/', '*.shop.example', true],
  ['https://shop.example/', '*.shop.example', false],
  ['https://evilshop.example/', '*.shop.example', false],
  ['https://shop.example/', 'self', true],
  ['https://other.example/', 'self', false],
  ['https://other.example/', 'self other.example', true],
  ['https://other.example/', 'self, other.example', true],
  ['https://other.example/', '', false],
  ['https://other.example/', 'https://', false],
  ['mailto:a@shop.example', 'shop.example', false],
  ['mailto:a@shop.example', 'mailto:', true],
])('%s is in "%s": %s', (url, list, expected) => {
  expect(isListed(url, list)).toBe(expected);
});
