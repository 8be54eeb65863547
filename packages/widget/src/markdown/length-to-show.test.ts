import { expect, it } from 'vitest';
import { MarkdownStream } from './markdown-stream.js';

function shown(text: string): string[] {
  const stream = new MarkdownStream();
  stream.update(text, true);
  return stream.blocks.map((token) => `${token.type}: ${'text' in token ? token.text : token.raw}`);
}

it.each<[text: string, blocks: string[]]>([
  ['text\n-', ['paragraph: text']],
  ['text\n- ', ['paragraph: text']],
  ['text\n==', ['paragraph: text']],
  ['text\n\n#', ['paragraph: text']],
  ['text\n\n1', ['paragraph: text']],
  ['text\n\n1. ', ['paragraph: text']],
  ['text\n\n``', ['paragraph: text']],
  ['text\n\n```j', ['paragraph: text']],
  ['text\n\n```js\n', ['paragraph: text', 'code: ']],
  ['```js\nlet a;\n``', ['code: let a;']],
  ['```js\nlet a;\n```', ['code: let a;']],
  ['text\n\n[^1]: Smith', ['paragraph: text']],
  ['text\n\n[docs]: https://a.example', ['paragraph: text']],
  ['text\n\n| a |', ['paragraph: text']],
  ['text\n\n| a | b |\n|--', ['paragraph: text']],
  ['| a |\n|---|\n', ['table: | a |\n|---|\n']],
  ['| a |\n|---|\n| 1', ['table: | a |\n|---|\n']],
  ['| a |\nno table', ['paragraph: | a |\nno table']],
])('%j is shown as %j', (text, blocks) => expect(shown(text)).toEqual(blocks));

it('does not hold back a long line for ever', () => {
  expect(shown(`| ${'a '.repeat(200)}`)).toHaveLength(1);
});
