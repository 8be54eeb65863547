import { describe, expect, it } from 'vitest';
import { FormulaText } from './formula-text.js';

/** Each formula in angle quotes, in two of them when it stands alone. */
function show(text: string): string {
  const reader = new FormulaText();
  const marked = reader.take(text, false);
  return marked.replace(/\ue000(\d+)\ue001/g, (_, index) => {
    const { tex, isDisplay } = reader.formulas[Number(index)] ?? { tex: '?', isDisplay: false };
    return isDisplay ? `«${tex}»` : `‹${tex}›`;
  });
}

describe('a formula', () => {
  it.each([
    ['Let $x$ be.', 'Let ‹x› be.'],
    ['$a_1*b*c_2$', '‹a_1*b*c_2›'],
    ['**$x$**, ($y$) "$z$".', '**‹x›**, (‹y›) "‹z›".'],
    ['设$x$为', '设‹x›为'],
    ['$2x$ and $0.5$ and $10^3$', '‹2x› and ‹0.5› and ‹10^3›'],
    ['$$\na &= b\n$$', '«\na &= b\n»'],
    ['so $$x$$ it is', 'so «x» it is'],
    ['\\(x\\) and \\(y\\)', '‹x› and ‹y›'],
    ['\\[ x \\]', '« x »'],
    ['- item\n  \\[\n  x\n  \\]', '- item\n  «\n  x\n  »'],
    ['> $$\n> a\n> $$', '> «\na\n»'],
    ['| $|x|$ | b |', '| ‹|x|› | b |'],
    ['$\\$5$', '‹\\$5›'],
    ['$x$,$y$', '‹x›,‹y›'],
    ['$a\nb$', '‹a\nb›'],
  ])('is found in %j', (text, expected) => {
    expect(show(text)).toBe(expected);
  });

  it.each([
    'It costs $5 and $6.',
    'From $5 to $10, or $20/month, or $30-$40.',
    'Pay $5 per month, or 50$.',
    'US$5, A$ and $B',
    '($5) or ($6)',
    'echo $HOME and $PATH, $HOME/$USER',
    'https://x.example/?a=$b$&c=$d$',
    '`$x$` and ``a ` $y$``',
    '```sh\necho $x$\n```\n',
    '~~~\n$$x$$\n~~~',
    '- ```\n  $x$\n  ```',
    '> ```\n> $x$\n> ```',
    '````\n```\n$x$\n```\n````',
    'an \\$escaped\\$ one',
    '$ x $',
    '$$$$',
    '$x',
    '$x\n\ny$',
    '$$x\n\ny$$',
    '\\\\(x\\\\)',
    'a\\[b\\](c)',
    `$${'a'.repeat(300)}$`,
    '$',
    '\\',
  ])('is none in %j', (text) => {
    expect(show(text)).toBe(text);
  });

  it('after code that has been closed is one again', () => {
    expect(show('`$a$` $b$\n```\n$c$\n```\n$d$')).toBe('`$a$` ‹b›\n```\n$c$\n```\n‹d›');
    expect(show('`$a$')).toBe('`‹a›');
  });

  it('has a mark that no text of an answer can have', () => {
    expect(show('\ue0000\ue001 $x$')).toBe('\ufffd0\ufffd ‹x›');
  });
});

const document = `Take $x_1$ and it costs $5 per month, \`$code$\`:

$$
\\begin{aligned} a &= b \\\\ c &= d \\end{aligned}
$$

- one \\(y\\) and \\[z\\]
- $HOME and $5 or $6

\`\`\`sh
echo $x$
\`\`\`

> $$
> q
> $$

The end: $e^x$.`;

describe('a text that grows', () => {
  it('comes out the same wherever it is cut, and its formulas keep their numbers', () => {
    const whole = new FormulaText();
    const expected = whole.take(document, false);
    for (let cut = 0; cut <= document.length; cut += 1) {
      const reader = new FormulaText();
      reader.take(document.slice(0, cut), true);
      expect([cut, reader.take(document, false)]).toEqual([cut, expected]);
      expect(reader.formulas.slice(0, whole.formulas.length)).toEqual(whole.formulas);
    }
  });

  it('by character only grows, but for what turned out to be no formula', () => {
    const reader = new FormulaText();
    let rewrites = 0;
    let before = '';
    for (let length = 1; length <= document.length; length += 1) {
      const marked = reader.take(document.slice(0, length), true);
      if (!marked.startsWith(before.slice(0, -1))) rewrites += 1;
      before = marked;
    }
    expect(rewrites).toBeLessThanOrEqual(3);
    expect(reader.take(document, false)).toBe(new FormulaText().take(document, false));
  });

  it('shows a formula that is still open in its place, as far as it has come', () => {
    const reader = new FormulaText();
    expect(reader.take('So $$x +', true)).toBe('So \ue0000\ue001');
    expect(reader.formulas[0]).toMatchObject({ source: '$$x +', isClosed: false });
    expect(reader.take('So $$x + y$$ is', true)).toBe('So \ue0000\ue001 is');
    expect(reader.formulas[0]).toMatchObject({ source: '$$x + y$$', tex: 'x + y', isClosed: true });
  });

  it('that is another one is read anew', () => {
    const reader = new FormulaText();
    reader.take('First $x$', true);
    expect(reader.take('Other $y$ one', true)).toBe('Other \ue0000\ue001 one');
    expect(reader.formulas[0]?.tex).toBe('y');
  });

  it.each([['$a '], ['`'], ['$'], ['\\('], ['$$a'], ['\\[ '], ['$x$'], ['> ']])(
    'takes a time that grows with it, full of %j',
    (piece) => {
      const text = piece.repeat(100_000 / piece.length);
      const before = process.threadCpuUsage();
      new FormulaText().take(text, false);
      const reader = new FormulaText();
      for (let length = 1000; length <= text.length; length += 1000) reader.take(text.slice(0, length), true);
      expect(process.threadCpuUsage(before).user / 1000).toBeLessThan(10_000);
    },
  );
});
