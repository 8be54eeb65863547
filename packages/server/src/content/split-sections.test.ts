import { describe, expect, it } from 'vitest';
import { createLinkResolver } from './create-link-resolver.js';
import type { SiteDocument } from './site-content.js';
import { type Section, splitSections } from './split-sections.js';

const page = (source: string, format: SiteDocument['format'] = 'markdown', path = 'guide/page.md'): SiteDocument => ({
  path,
  url: 'https://x.example/guide/page',
  title: 'Page',
  format,
  source,
});
const other: SiteDocument = { ...page('B'), path: 'guide/other.md', url: 'https://x.example/guide/other' };

function split(document: SiteDocument): Section[] {
  return splitSections(document, createLinkResolver({ documents: [document, other] })(document));
}
const outline = (source: string, format: SiteDocument['format'] = 'markdown'): (string | undefined)[][] =>
  split(page(source, format)).map(({ url, heading, trail, blocks }) => [
    url.replace('https://x.example/guide/page', ''),
    heading,
    trail.join(' > '),
    blocks.map(({ text }) => text.trim()).join(' | '),
  ]);
const quote = (source: string): string =>
  split(page(source))
    .flatMap(({ blocks }) => blocks.map(({ markdown }) => markdown))
    .join('\n\n');

describe('splitSections', () => {
  it('splits at headings and knows what stands above each', () => {
    expect(outline('# Page\n\nTop.\n\n## A\n\na\n\n### B\n\nb\n\nc\n\n## A\n\nd')).toEqual([
      ['', 'Page', '', 'Top.'],
      ['#a', 'A', '', 'a'],
      ['#b', 'B', 'A', 'b | c'],
      ['#a-1', 'A', '', 'd'],
    ]);
  });

  it('leaves out headings with nothing under them, and counts them for the anchors', () => {
    expect(outline('# Page\n\n## A\n\n## A\n\nx')).toEqual([['#a-1', 'A', '', 'x']]);
  });

  it('takes the anchor that a heading names', () => {
    expect(outline('## Our prices {#prices}\n\nx')).toEqual([['#prices', 'Our prices', '', 'x']]);
  });

  it('takes no anchors of a page that is shown as it is, but those that it names', () => {
    expect(outline('<h2>A</h2><p>a</p><h2 id="own">B</h2><p>b</p>', 'html')).toEqual([
      ['', 'A', '', 'a'],
      ['#own', 'B', '', 'b'],
    ]);
  });

  it.each([
    [
      'html',
      '<h2 id="faq">FAQ</h2><p>Top.</p><details><summary>By card?</summary><p>Yes.</p></details><details id="dog"><summary><span>Dogs</span></summary>On a lead.</details><p>Call us.</p><h2>B</h2><p>b</p>',
      [
        ['#faq', 'FAQ', '', 'Top.'],
        ['#faq', 'By card?', 'FAQ', 'Yes.'],
        ['#dog', 'Dogs', 'FAQ', 'On a lead.'],
        ['#faq', 'FAQ', '', 'Call us.'],
        ['', 'B', '', 'b'],
      ],
    ],
    [
      'html',
      '<details><summary><h3 id="x">By card?</h3></summary><p>Yes.</p></details><p>Call us.</p>',
      [
        ['#x', 'By card?', '', 'Yes.'],
        ['', 'Page', '', 'Call us.'],
      ],
    ],
    [
      'markdown',
      '## FAQ\n\n<details>\n<summary>By card?</summary>\n\nYes.\n\n</details>\n<details><summary>Dogs</summary>On a lead.</details>\n\nCall us.\n\n---\n\nc',
      [
        ['#faq', 'By card?', 'FAQ', 'Yes.'],
        ['#faq', 'Dogs', 'FAQ', 'On a lead.'],
        ['#faq', 'FAQ', '', 'Call us. | c'],
      ],
    ],
  ] as const)('takes what is folded away for a section of its own: %s', (format, source, sections) => {
    expect(outline(source, format)).toEqual(sections);
  });

  it.each([
    [
      'html',
      '<h2 id="faq">FAQ</h2><dl><dt>By card?</dt><dd>Yes.</dd><dt>Dogs?</dt><dd>No.</dd></dl><p>Call us.</p>',
      [
        ['#faq', 'By card?', 'FAQ', 'Yes.'],
        ['#faq', 'Dogs?', 'FAQ', 'No.'],
        ['#faq', 'FAQ', '', 'Call us.'],
      ],
    ],
    ['html', '<p>A</p><dl><dt>Phone</dt><dd>1</dd></dl><p>B</p>', [['', 'Page', '', 'A | Phone | 1 | B']]],
    ['html', '<p><strong>By card?</strong></p><p>Yes.</p>', [['', 'By card?', '', 'Yes.']]],
    ['markdown', '**By card?**\n\nYes.\n\n**Note**\n\nc', [['', 'By card?', '', 'Yes. | Note | c']]],
  ] as const)('takes a question in bold for the heading of its answer: %s %s', (format, source, sections) => {
    expect(outline(source, format)).toEqual(sections);
  });

  it('keeps the line breaks of a paragraph', () => {
    const table = '| a<br>b |  \n| --- |  \n| c |';
    expect(quote(`A street 1  \nB town\n\n- a  \n- b\n\n${table}`)).toBe(
      'A street 1  \nB town\n\n- a  \n- b\n\n| a b |\n| --- |\n| c |',
    );
  });

  it('takes a picture for no heading', () => {
    expect(outline('# ![Logo](logo.png)\n\nTop.\n\n## A\n\na')).toEqual([
      ['', 'Page', '', 'Top.'],
      ['#a', 'A', '', 'a'],
    ]);
  });

  it('reads a page without headings as one section', () => {
    expect(outline('Just words.')).toEqual([['', 'Page', '', 'Just words.']]);
  });

  it('reads HTML by its headings', () => {
    expect(outline('<nav>N</nav><h1>Page</h1><p>Top</p><h2 id="x">A</h2><ul><li>a</li></ul>', 'html')).toEqual([
      ['', 'Page', '', 'Top'],
      ['#x', 'A', '', 'a'],
    ]);
  });

  it('reads text by paragraphs and underlined headings, its marks as text', () => {
    expect(outline('One\nline.\n\nHours\n=====\nDaily *9*.\n\nMore.', 'text')).toEqual([
      ['', 'Page', '', 'One line.'],
      ['', 'Hours', '', 'Daily *9*. | More.'],
    ]);
    expect(split(page('Daily *9*.', 'text'))[0]?.blocks[0]?.markdown).toBe('Daily \\*9\\*.');
  });

  it.each([
    ['tables of contents', '- [A](#a)\n- [B](#b)\n  - [C](other.md)\n\nx', 'x'],
    ['badges and pictures', '[![CI](ci.svg)](https://ci.example) ![](logo.png)\n\nA ![b](c.png) d.', 'A  d.'],
    ['comments, rules and tags', '<!-- note -->\n\n---\n\nA<br>b <kbd>c</kbd>.', 'A b c.'],
    ['definitions of links', '[A][a].\n\n[a]: other.md', '[A](https://x.example/guide/other).'],
  ])('quotes without %s', (_, source, quoted) => {
    expect(quote(source)).toBe(quoted);
  });

  it.each([
    ['[A](other.md)', '[A](https://x.example/guide/other)'],
    ['[A](./other.md#b "t")', '[A](https://x.example/guide/other#b)'],
    ['[A](../guide/other.html)', '[A](https://x.example/guide/other)'],
    ['[A](#b)', '[A](https://x.example/guide/page#b)'],
    ['[A](/root)', '[A](/root)'],
    ['[A](../shop?x=1)', '[A](https://x.example/shop?x=1)'],
    ['[A](https://y.example/z)', '[A](https://y.example/z)'],
    ['[A](mailto:a@b.example)', '[A](mailto:a@b.example)'],
    ['[A](../../LICENSE.md)', 'A'],
    ['[A](javascript:alert(1))', 'A'],
    [
      '**[A `c`](other.md)** and [B](other.md)',
      '**[A `c`](https://x.example/guide/other)** and [B](https://x.example/guide/other)',
    ],
    ['- a [A](other.md)\n- b', '- a [A](https://x.example/guide/other)\n- b'],
    ['| a |\n| --- |\n| [A](other.md) |', '| a |\n| --- |\n| [A](https://x.example/guide/other) |'],
    ['`[A](other.md)`', '`[A](other.md)`'],
    ['<https://y.example>', '<https://y.example>'],
  ])('quotes %s as %s', (source, quoted) => {
    expect(quote(source)).toBe(quoted);
  });

  it('keeps code as it is, fenced', () => {
    expect(quote('```ts\na(`[b](c)`);\n```')).toBe('```ts\na(`[b](c)`);\n```');
    expect(quote('A:\n\n    npm ci\n')).toBe('A:\n\n```\nnpm ci\n```');
  });

  it('finds code by its language', () => {
    expect(
      split(page('```ts\na();\n```\n\n```go\nb()\n```')).flatMap(({ blocks }) => blocks.map(({ text }) => text)),
    ).toEqual(['a(); TypeScript', 'b() go']);
  });

  it('searches the words without the marks', () => {
    const [section] = split(page('**A** [b](c) `d` ![e](f) &amp;\n\n| g | h |\n| - | - |\n| i | |'));
    expect(section?.blocks.map(({ text }) => text)).toEqual(['A b d &', 'g · h\ni ·']);
  });

  it.each([
    ['blanks within a line', `a${' '.repeat(60_000)}b`],
    ['blanks before a line', `a\n${' '.repeat(60_000)}b`],
    ['blanks in a cell', `| a |\n| - |\n| b${' '.repeat(60_000)}c |`],
  ])('is not held up by %s', (_, source) => {
    const before = process.threadCpuUsage();
    expect(split(page(source))).toHaveLength(1);
    expect(process.threadCpuUsage(before).user / 1000).toBeLessThan(1_000);
  });
});
