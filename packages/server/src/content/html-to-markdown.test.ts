import { describe, expect, it } from 'vitest';
import { htmlToMarkdown } from './html-to-markdown.js';

describe('htmlToMarkdown', () => {
  it.each([
    [
      'headings keep their anchors',
      '<h2 id="x">A <em>b</em></h2><h3><a id="y"></a>C</h3>',
      '## A *b* {#x}\n\n### C {#y}',
    ],
    ['paragraphs and inline marks', '<p>A <b>b</b> <code>c&lt;d</code><br>e</p>', 'A **b** `c<d`  \ne'],
    [
      'line breaks, where they part something',
      '<p>A<br> b<br><br>c<br></p><br>D<h2>E<br>f</h2><ul><li>G<br>h</li></ul><table><tr><td>I<br>j</td></tr></table><pre>k<br>l</pre><p><a href="x">M<br>n</a></p>',
      'A  \nb  \nc\n\nD\n\n## E f\n\n- G  \n  h\n\n| I j |\n| --- |\n\n```\nk\nl\n```\n\n[M n](x)',
    ],
    ['loose text', 'A <div>B</div> C', 'A\n\nB\n\nC'],
    ['links', '<p><a href="a b.html">A</a> <a href="javascript:x()">B</a> <a>C</a></p>', '[A](a%20b.html) B C'],
    ['lists', '<ul><li>A<ul><li>B</li></ul></li><li><p>C</p></li></ul><ol><li>D</li></ol>', '- A\n  - B\n- C\n\n1. D'],
    [
      'tables',
      '<table><thead><tr><th>A</th><th>B</th></tr></thead><tr><td>1|2</td></tr></table>',
      '| A | B |\n| --- | --- |\n| 1\\|2 |  |',
    ],
    [
      'code',
      '<pre><code class="language-sh">\nnpm ci\n  x &amp;&amp; y\n</code></pre>',
      '```sh\nnpm ci\n  x && y\n```',
    ],
    [
      'line breaks before what is no list',
      '<p>A<br>- b<br>1. c<br># d<br>-5 °C</p>',
      'A  \n\\- b  \n1\\. c  \n\\# d  \n\\-5 °C',
    ],
    ['a question above its answer', '<p><strong>A?</strong><br>b<br>c</p>', '**A?**\n\nb  \nc'],
    [
      'headings in lists and tables',
      '<ul><li><h3 id="a">A</h3><p>a</p></li></ul><table><tr><td><details><summary>B</summary>b</details></td></tr></table>',
      '- **A**\n  a\n\n| **B** b |\n| --- |',
    ],
    ['folds in lists', '<ul><li><details><summary>A</summary>a</details></li></ul>', '###### A\n\na\n\n---'],
    ['quotes', '<blockquote><p>A</p><p>B</p></blockquote>', '> A\n> \n> B'],
    ['what would be Markdown in text', '<p>2*3 [x] _y_ &lt;b&gt;</p>', '2\\*3 \\[x\\] \\_y\\_ \\<b\\>'],
    [
      'nothing that is not content',
      '<nav>N</nav><header>H</header><div role="navigation">R</div><script>s()</script><style>p{}</style><p hidden>X</p><p aria-hidden="true">Y</p><form>F</form><p>A</p><aside>S</aside><footer>O</footer><img alt="I">',
      'H\n\nA',
    ],
    ['only main, where there is one', '<p>A</p><main><p>B</p></main><p>C</p>', 'B'],
    ['one article', '<p>A</p><article><p>B</p></article>', 'B'],
    ['a list of articles', '<article><p>A</p></article><article><p>B</p></article>', 'A\n\nB'],
    [
      'what is folded',
      '<h3><button aria-expanded="false" aria-controls="a"><span>How long?</span></button></h3><div role="region" id="a" hidden><p>Two days.</p></div><p hidden="until-found">Found.</p><p id="b" hidden>X</p>',
      '### How long?\n\nTwo days.\n\nFound.',
    ],
    ['tags that are not closed', '<ul><li>A<li>B</ul><p>C<p>D', '- A\n- B\n\nC\n\nD'],
  ])('%s', (_, html, markdown) => {
    expect(htmlToMarkdown(html).markdown).toBe(markdown);
  });

  it('reads what a page says of itself', () => {
    const html =
      '<html lang="de-AT"><head><title>Versand\n| Laden</title><meta name="description" content="Wie &amp; wann"></head><body>A</body></html>';
    expect(htmlToMarkdown(html)).toEqual({
      title: 'Versand | Laden',
      description: 'Wie & wann',
      language: 'de-AT',
      markdown: 'A',
    });
  });
});
