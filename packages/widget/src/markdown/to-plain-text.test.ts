import { expect, it } from 'vitest';
import { toPlainText } from './to-plain-text.js';

it.each<[name: string, markdown: string, text: string]>([
  ['marks', '**bold** *soft* ~~gone~~ `code` \\*', 'bold soft gone code *'],
  ['blocks', '# Head\n\nOne\ntwo\n\n> quote\n\n---\n\nend', 'Head\nOne\ntwo\nquote\nend'],
  ['lists', '1. a\n   - b\n2. c\n\n- [x] done', 'a\nb\nc\ndone'],
  ['links and images', '[text](https://a.example) ![alt](b.png) <https://c.example>', 'text alt https://c.example'],
  ['a table', '| a | b |\n|---|---|\n| 1 | **2** |', 'a, b\n1, 2'],
  ['code', '```js\nlet a;\n\nlet b;\n```', 'let a;\n\nlet b;'],
  ['HTML and entities', '<b>x</b> &amp; &copy; &#33;', '<b>x</b> & © !'],
  ['definitions', '[a]\n\n[a]: https://a.example', 'a'],
  ['a line break', 'one  \ntwo\r\nthree', 'one\ntwo\nthree'],
  ['nothing', '', ''],
])('%s', (_, markdown, text) => expect(toPlainText(markdown)).toBe(text));
