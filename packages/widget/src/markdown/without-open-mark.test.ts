import { expect, it } from 'vitest';
import { withoutOpenMark } from './without-open-mark.js';

it.each([
  ['1. One\n2.', '1. One'],
  ['1. One\n2. ', '1. One'],
  ['- One\n-', '- One'],
  ['- One\n  - ', '- One'],
  ['- [x] One\n- [', '- [x] One'],
  ['> - One\n> -', '> - One'],
  ['Title\n-', 'Title'],
  ['One\n\n**', 'One\n'],
  ['One\n\n##', 'One\n'],
  ['2.', ''],
  ['The answer is:\n42', 'The answer is:\n42'],
  ['1. One\n2. T', '1. One\n2. T'],
  ['It costs 3.', 'It costs 3.'],
  ['One\n\n---', 'One\n\n---'],
  ['## The **second pa', '## The **second pa**'],
  ['One\n\nThis is **bo', 'One\n\nThis is **bo**'],
  ['- One **two', '- One **two**'],
  ['See [the do', 'See '],
  ['Great idea!', 'Great idea! '],
  ['I asked AT&T', 'I asked AT&T '],
  ['if a <b', 'if a <b '],
  ['C:\\', 'C:\\ '],
  ['R&D and **bo', 'R&D and **bo**'],
  ['See [the docs](https://exa', 'See the docs'],
  ['Run `npm st', 'Run `npm st`'],
  ['```js\nconst a = b **', '```js\nconst a = b **'],
  ['```js\nlet a\n```\n\nSo **that', '```js\nlet a\n```\n\nSo **that**'],
  ['', ''],
  ['- [ ] ', ''],
])('%j becomes %j', (text, expected) => {
  expect(withoutOpenMark(text)).toBe(expected);
});
