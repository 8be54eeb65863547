import fc from 'fast-check';
import type { MarkedToken } from 'marked';
import { describe, expect, it, vi } from 'vitest';
import { BoundedLexer } from './bounded-lexer.js';
import { MarkdownStream } from './markdown-stream.js';
import { markdownCorpus } from './testing/markdown-corpus.js';
import { markdownFragments } from './testing/markdown-fragments.js';

const randomMarkdown = fc
  .array(fc.constantFrom(...markdownFragments), { maxLength: 60, size: 'max' })
  .map((parts) => parts.join(''));
const corpus = Object.entries(markdownCorpus);
const toTokens = (stream: MarkdownStream): unknown => [...stream.blocks];

function read(text: string, open: boolean, ...prefixes: string[]): unknown {
  const stream = new MarkdownStream();
  for (const prefix of prefixes) stream.update(prefix, true);
  stream.update(text, open);
  return toTokens(stream);
}

const prefixesOf = (text: string, step: number): string[] =>
  Array.from({ length: Math.ceil(text.length / step) }, (_, index) => text.slice(0, index * step));

describe('MarkdownStream', () => {
  it.each(corpus)('reads "%s" in pieces as in one', (_, text) => {
    for (const step of text.length > 1500 ? [3, 64] : [1, 3, 7, 64]) {
      expect(read(text, false, ...prefixesOf(text, step))).toEqual(read(text, false));
    }
  });

  it.each(corpus.filter(([name]) => !/reference|definition/.test(name)))(
    'has frozen nothing of "%s" too early, at any length',
    (_, text) => {
      const stream = new MarkdownStream();
      for (const prefix of prefixesOf(text.slice(0, 1500), 1)) {
        stream.update(prefix, true);
        expect(toTokens(stream)).toEqual(read(prefix, true));
      }
    },
  );

  it('reads random documents in random pieces as in one', () => {
    fc.assert(
      fc.property(randomMarkdown, fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }), (text, steps) => {
        const prefixes = [];
        for (let end = 0, index = 0; end < text.length; index++) {
          end += steps[index % steps.length] ?? 1;
          prefixes.push(text.slice(0, end));
        }
        expect(read(text, false, ...prefixes)).toEqual(read(text, false));
      }),
      { numRuns: 300 },
    );
  });

  it('reads a block anew whose meaning came with what follows it', () => {
    const text = '__\n> - \r\nword';
    expect(read(text, false, text.slice(0, 3), text.slice(0, 9), text)).toEqual(read(text, false));
  });

  it('keeps the objects of frozen blocks, also when the text has ended', () => {
    const text = markdownCorpus['many paragraphs'] ?? '';
    const stream = new MarkdownStream();
    const first = new Map<number, MarkedToken>();
    for (const prefix of prefixesOf(text, 5)) {
      stream.update(prefix, true);
      for (const [index, block] of stream.blocks.slice(0, -3).entries()) {
        if (!first.has(index)) first.set(index, block);
        expect(block).toBe(first.get(index));
      }
    }
    stream.update(text, false);
    for (const [index, block] of first) expect(stream.blocks[index]).toBe(block);
  });

  it.each([
    ['its live end', '', 200],
    ['the whole where a definition may stand', '[it]: https://it.example', 8000],
  ])('lexes, when the text ends, %s', (_, end, least) => {
    const text = `${'A paragraph of a few words.\n\n'.repeat(300)}${end}`;
    const stream = new MarkdownStream();
    for (const prefix of prefixesOf(text, 500)) stream.update(prefix, true);
    const lexed = vi.spyOn(BoundedLexer.prototype, 'blockTokens');
    stream.update(text, false);
    const [length = 0] = lexed.mock.calls.map(([source]) => source.length);
    lexed.mockRestore();
    expect(Math.floor(length / least)).toBe(1);
    expect(toTokens(stream)).toEqual(read(text, false));
  });

  it('starts again when the text is another one', () => {
    expect(read('Other\n\ntext', true, 'Some\n\nlonger text\n\nof blocks\n\nmore')).toEqual(
      read('Other\n\ntext', true),
    );
  });

  it('goes on after the end, when an answer is continued', () => {
    const stream = new MarkdownStream();
    stream.update('One **two', true);
    stream.update('One **two', false);
    stream.update('One **two** three', true);
    expect(toTokens(stream)).toEqual(read('One **two** three', true));
  });

  it('links to a definition that comes long after its link', () => {
    const text = 'See [it].\n\na\n\nb\n\nc\n\nd\n\n[it]: https://it.example\n';
    expect(JSON.stringify(read(text, false, ...prefixesOf(text, 1)))).toContain('https://it.example');
  });

  it('holds back half a character and half a line break', () => {
    expect(JSON.stringify(read('a \ud83d', true))).not.toContain('ud83d');
    const stream = new MarkdownStream();
    for (const prefix of prefixesOf('a\r\nb\r\n\r\nc', 1)) stream.update(prefix, true);
    stream.update('a\r\nb\r\n\r\nc', true);
    expect(stream.blocks.map(({ raw }) => raw)).toEqual(['a\nb', 'c']);
  });
});
