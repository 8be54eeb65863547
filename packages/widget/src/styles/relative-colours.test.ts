import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const styles = globSync('packages/widget/src/**/*.ts', { exclude: ['**/*.test.ts'] })
  .map((file) => readFileSync(file, 'utf8'))
  .join('\n');

it('reckons only with channels that are numbers in Safari 17.5: neither with those of RGB nor with a hue', () => {
  const made = [...styles.matchAll(/\b([a-z]+)\(from \S+ (\S+)(.*)/g)].map(([, name, first, rest]) => {
    if (name === 'color') return first;
    return name === 'oklch' && !/ h\)/.test(String(rest)) ? 'a hue' : name;
  });
  expect(new Set(made)).toEqual(new Set(['xyz', 'oklch']));
});
