import { afterEach, expect, it } from 'vitest';
import { writeJson } from './write-json.js';

const value = { list: [1, ['a', { b: [null] }]], at: new Date(0), own: { toJSON: () => 'own' }, not: undefined };
const expected = '{"list":[1,["a",{"b":[null]}]],"at":"1970-01-01T00:00:00.000Z","own":"own"}';
const prototypes = [Array.prototype, Object.prototype];

afterEach(() => {
  for (const prototype of prototypes) Reflect.deleteProperty(prototype, 'toJSON');
});

it('writes what JSON.stringify does', () => {
  expect(writeJson(value)).toBe(expected);
  expect(JSON.stringify(value)).toBe(expected);
});

it.each([
  ['arrays', [Array.prototype]],
  ['objects', [Object.prototype]],
  ['both', prototypes],
])('writes the same where a page has its own way for %s, and leaves it to the page', (_, changed) => {
  const toJSON = (): string => 'changed';
  for (const prototype of changed) Object.defineProperty(prototype, 'toJSON', { value: toJSON, configurable: true });
  expect(JSON.stringify([1])).toBe('"changed"');
  expect(writeJson(value)).toBe(expected);
  for (const prototype of prototypes)
    expect(Object.getOwnPropertyDescriptor(prototype, 'toJSON')?.value).toBe(
      changed.includes(prototype as never) ? toJSON : undefined,
    );
});

it('leaves the page as it was when something cannot be written', () => {
  Object.assign(Array.prototype, { toJSON: () => 'changed' });
  const circle: unknown[] = [];
  circle.push(circle);
  expect(() => writeJson(circle)).toThrow();
  expect(JSON.stringify([])).toBe('"changed"');
});
