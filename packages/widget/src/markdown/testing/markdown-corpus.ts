const answer = `# Delivery

Orders over **50 €** are *free*; see [the terms](https://shop.example/terms "Terms") or write to <help@shop.example>.

1. Choose a product
   - any size
   - any **colour**, \`red\` too

   A second paragraph of the step.
2. Pay
3. Wait

> Most parcels arrive
> in two days.

| Country | Days | Price |
| :--- | :---: | ---: |
| Austria | 2 | 4 € |
| Japan | 9 | 12 € |

\`\`\`js
const total = items.reduce((sum, { price }) => sum + price, 0); // **not bold**

console.log(\`\${total} €\`);
\`\`\`

That is all.
`;

/** Documents that cross what blocks and marks can do to each other; by name. */
export const markdownCorpus: Readonly<Record<string, string>> = {
  answer,
  empty: '',
  'only a mark': '**',
  'one line': 'Yes, we do.',
  'line breaks': 'one\ntwo  \nthree\\\nfour\r\nfive\rsix\n\n\n\nseven',
  emphasis: '*a* **b** ***c*** _d_ __e__ *f **g** h* **i *j* k** snake_case 2*3*4 **你好**吗 a**"b"**c',
  'unclosed marks': '**bold\n\n*em\n\n`code\n\n[text](https://a.example\n\n~~gone\n\n![alt](',
  code: 'a `b` ``c ` d`` ` e `` f\n\n    indented\n\n      more\n\nafter',
  'code without an end': 'before\n\n```python\ndef f():\n    return "```"\n',
  'tilde fence': '~~~ruby\nputs 1\n```\n~~~\n~~~~\nx\n~~~\n~~~~\n',
  'fence in a list': '- one\n\n  ```sh\n  npm ci\n\n  npm start\n  ```\n\n- two\n  ```\n  x\n',
  'empty fences': '```\n```\n\n```js\n\n```\n\n```\n\n\n',
  headings: '# a #\n## b\n### c\n#### d\n##### e\n###### f\n#nope\n\ntitle\n===\n\ntitle two\nof two lines\n---\n',
  lists: '- a\n- b\n\n\n- c\n* d\n+ e\n\n3) x\n4) y\n\n   z\n\n10. ten\n',
  'loose and tight': '- a\n- b\n- c\n\n- d\n\ntext\n\n1. x\n\n2. y\n',
  'nested list': '- a\n  - b\n    - c\n      - d\n\n        deep\n  - e\n- f\n',
  tasks: '- [ ] open\n- [x] done\n- [X] **bold**\n- [y] none\n- [ ]\n\n1. [x] one\n',
  quotes: '> a\n> > b\n> c\nlazy\n\n> - list\n>   in it\n>\n> ```\n> code\n> ```\n',
  table: 'text\n\n| a | b |\n|---|:-:|\n| `x | y` | **z** |\n| only one\n| 1 | 2 | 3 |\n\nafter\n',
  'table without edges': 'a | b\n--- | ---\n1 | 2\n3\n\n| not | a table |\n| at all |\n',
  'table cut off': 'before\n\n| a | b |\n|---|---|\n| 1 | 2 |\n| 3 |',
  'table then list': '| a |\n|---|\n| 1 |\n- item\n\n1. x\n',
  rules: 'a\n\n---\n\n***\n_ _ _\n- - -\nb\n---\nc\n',
  html: '<div class="x">\n**not bold**\n\n</div>\n\n<b>x</b> <br> <!-- c --> <script>alert(1)</script>\n\n<!-- a\n\nb -->\n\nend',
  links:
    '[a](<b c>) [d](/e) [f](#g) [h](https://i.example/(j)) https://k.example/l. www.m.example n@o.example <https://p.example>',
  images:
    '![alt **b**](https://i.example/x.png "t") [![in](https://j.example/y.png)](https://k.example) ![](https://l.example/z)',
  references:
    '[a] [b][a] [c][] [d][nope]\n\nA [Late] one.\n\npara\n\npara\n\n[a]: https://a.example\n[c]: <https://c.example> "t"\n\n[late]: https://late.example\n',
  'definition in a quote': 'See [x].\n\n> [x]: https://x.example\n\n[x]\n\n[x]: https://second.example\n',
  entities: '&amp; &lt;b&gt; &copy; &#65; &#x42; &#0; &nosuch; &amp;lt; AT&T &amp',
  escapes: '\\*a\\* \\[b\\](c) \\\\ \\` d\\` \\# e',
  unicode: '😀 **😀** émoji 👩‍👩‍👧‍👦 العربية **עברית** `中文`\n\n- 日本語\n- हिन्दी\n',
  'deep quotes': `${'> '.repeat(40)}deep\n\nafter`,
  'deep lists': `${Array.from({ length: 30 }, (_, depth) => `${'  '.repeat(depth)}- ${depth}`).join('\n')}\n`,
  'many paragraphs': Array.from({ length: 90 }, (_, index) => `Paragraph *${index}* with \`code\`.`).join('\n\n'),
  'one long paragraph': 'Some *words* and `marks` go on, [and](https://a.example) on. '.repeat(60),
  'a long list': Array.from({ length: 120 }, (_, index) => `- **item** ${index} of the list`).join('\n'),
  'mail and phone': '[mail](mailto:a@b.example) [call](tel:+4312345) [ftp](ftp://a.example) [x](javascript:alert(1))',
};
