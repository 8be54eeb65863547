import { expect, it } from 'vitest';
import { MarkdownStream } from './markdown-stream.js';
import { toPlainText } from './to-plain-text.js';

const repeat = (unit: string, length: number): string => unit.repeat(Math.ceil(length / unit.length));

const shapes: Readonly<Record<string, (length: number) => string>> = {
  quotes: (length) => repeat('> ', length),
  'nested list': (length) => repeat('1. ', length),
  'indented list': (length) =>
    Array.from({ length: Math.sqrt(length) }, (_, depth) => `${' '.repeat(depth * 2)}- a`).join('\n'),
  'lazy quotes': (length) => repeat('> a\nb\n', length),
  stars: (length) => repeat('*a ', length),
  'nested stars': (length) => repeat('*a', length / 2) + repeat('b*', length / 2),
  underscores: (length) => repeat('a__b', length),
  brackets: (length) => repeat('[', length),
  destinations: (length) => repeat('[a](', length),
  backticks: (length) => repeat('`a``b', length),
  definitions: (length) => repeat('[a]: b\n\n', length),
  'one word': (length) => repeat('a', length),
  'one table': (length) => `| a |\n|---|\n${repeat('| b |\n', length)}`,
  'open fence': (length) => `\`\`\`\n${repeat('code\n', length)}`,
  tags: (length) => repeat('<a b="', length),
};

const streamedMs = (text: string, pieces: number): number => {
  const stream = new MarkdownStream();
  const startedAt = performance.now();
  for (let piece = 1; piece <= pieces; piece += 1) stream.update(text.slice(0, (text.length / pieces) * piece), true);
  stream.update(text, false);
  return performance.now() - startedAt;
};

// Five times the text may cost five times as much; the square of it would be 25. What is short is not measured.
it.each(Object.entries(shapes))(
  '%s cost no more than their length',
  (_, create) => {
    streamedMs(create(1000), 25);
    const short = streamedMs(create(5000), 125);
    const long = streamedMs(create(25_000), 625);
    expect(long).toBeLessThan(Math.max(short * 18, 1500));
  },
  60_000,
);

it.each(Object.entries(shapes))('%s become plain text', (_, create) => {
  expect(toPlainText(create(5000))).toBeTypeOf('string');
});
