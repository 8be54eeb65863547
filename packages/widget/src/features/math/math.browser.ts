import '../../math.js';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import type { NovaChat } from '../../nova-chat/nova-chat.js';
import { axeViolations } from '../../testing/axe-violations.js';
import { type AnsweredChat, mountAnsweredChat } from '../../testing/mount-answered-chat.js';

let mounted: AnsweredChat;
beforeEach(() => page.viewport(800, 700));
afterEach(() => mounted.unmount());

async function mount(properties: Partial<NovaChat> = {}): Promise<void> {
  mounted = await mountAnsweredChat({ math: true, ...properties });
  await mounted.ask('Why?');
}

const formulas = (): HTMLElement[] => mounted.findAll('.markdown .formula');
const shown = (): HTMLElement[] => mounted.findAll('.markdown .formula math');
const plain = (): string => mounted.find('.markdown').innerText;

const attacks = [
  '\\href{javascript:alert(1)}{x}',
  '\\url{https://evil.example}',
  '\\includegraphics{https://evil.example/i.png}',
  '\\htmlStyle{background:url(https://evil.example)}{x}',
  '\\htmlClass{panel}{x}',
  '\\htmlId{nova-title}{x}',
  '\\htmlData{a=b}{x}',
  '\\text{<img src=x onerror=alert(1)>}',
  '\\fcolorbox{red}{blue}{x}',
  '\\pmb{x}',
  '\\color{url(https://evil.example)}x',
  '\\rule{1000em}{1000em}',
];

/** Answers in pieces, and waits for so many formulas to be shown as such. */
async function say(text: string, count: number): Promise<void> {
  const length = Math.max(7, text.length / 50);
  for (let start = 0; start < text.length; start += length) {
    const piece = text.slice(start, start + length);
    mounted.transport.say(piece);
    await mounted.settle();
  }
  await mounted.answer();
  await vi.waitFor(() => expect(shown()).toHaveLength(count), 10_000);
}

describe('math', () => {
  it('shows formulas in text, lists, quotes, tables and links, and leaves code and prices alone', async () => {
    await mount();
    await say(
      'Let $x_1*y*$ be, for $5 and $6 or `$z$`.\n\n- **one \\(a\\)**\n\n> $$\n> b\n> $$\n\n| Size $|c|$ | d |\n|---|---|\n| $e$ | f |\n\n[see $g$](https://x.example/$h$)\n\n\\[ i \\]\n\n```sh\n$j$\n```\n\n    $k$\n',
      7,
    );
    const texts = shown().map((math) => math.querySelector('annotation')?.textContent);
    expect(texts.map((tex) => tex?.trim())).toEqual(['x_1*y*', 'a', 'b', '|c|', 'e', 'g', 'i']);
    expect(plain()).toContain('for $5 and $6 or $z$.');
    expect(mounted.findAll('.markdown pre').map(({ textContent }) => textContent)).toEqual(['$j$', '$k$']);
    expect(mounted.find<HTMLAnchorElement>('.markdown a').href).toBe('https://x.example/$h$');
    expect(mounted.findAll('.formula em, .formula strong')).toEqual([]);
    expect(mounted.find('.markdown [role=region]').ariaLabel).toContain('Size $|c|$, d');
    expect(shown().map((math) => math.getAttribute('display'))).toEqual([
      null,
      null,
      'block',
      null,
      null,
      null,
      'block',
    ]);
    expect(await axeViolations(mounted.chat)).toEqual([]);
  });

  it('is text until it closes, in its place, and touches nothing that is finished', async () => {
    await mount();
    const records: MutationRecord[] = [];
    const observer = new MutationObserver((list) => records.push(...list));
    for (const piece of ['First $a$.\n\n', 'Second.\n\nThird.\n\n']) mounted.transport.say(piece);
    await vi.waitFor(() => expect(shown()).toHaveLength(1), 10_000);
    const first = mounted.find('.markdown p');
    observer.observe(first, { subtree: true, childList: true, characterData: true, attributes: true });
    for (const piece of ['Now $$\\sum_', '{i=1}^n ', 'x_i']) {
      mounted.transport.say(piece);
      await mounted.settle();
    }
    const [, growing] = formulas();
    expect(growing?.textContent).toBe('$$\\sum_{i=1}^n x_i');
    await say('$$ is it.\n\nAnd $b$.', 3);
    expect(formulas()[1]).toBe(growing);
    expect(records).toEqual([]);
  });

  it.each([
    ['what is no TeX', '\\frac{a}'],
    ['a command that leads away', '\\notacommand{x}'],
    ['more than a stack holds', `${'{'.repeat(3000)}x`],
    ['what grows without end', '\\def\\a{\\a\\a}\\a'],
  ])('shows the source of %s', async (_, tex) => {
    await mount();
    await say(`Fine $$y$$ and $$${tex}$$.`, 1);
    expect(formulas()[1]?.textContent).toBe(`$$${tex}$$`);
    expect(mounted.chat.conversation.getState().messages.at(-1)?.status).toBe('complete');
  });

  it('makes nothing that acts', async () => {
    await mount();
    await say(`$$y$$ ${attacks.map((tex) => `$$${tex}$$`).join(' ')} $$z$$`, 13);
    const inside = mounted.findAll('.formula *');
    const names = new Set(inside.flatMap((element) => element.getAttributeNames()));
    for (const name of ['style', 'class', 'id', 'href', 'src', 'onerror', 'data-a']) expect(names).not.toContain(name);
    expect(inside.filter(({ namespaceURI }) => !namespaceURI?.endsWith('MathML'))).toEqual([]);
    expect(mounted.find('.markdown').getBoundingClientRect().height).toBeLessThan(3000);
  });

  it('writes the letters that MathML Core has no attribute for', async () => {
    await mount();
    await say('$\\mathbb{R}\\mathcal{L}\\mathbf{x1}\\mathfrak{g}\\mathrm{d}\\boldsymbol{\\alpha}$', 1);
    expect(mounted.find('.formula mrow').textContent).toBe('ℝℒ𝐱𝟏𝔤d𝜶');
  });

  it('aligns the columns of equations', async () => {
    await mount();
    await say('$$\\begin{aligned} aaaa &= b \\\\ c &= dddd \\end{aligned}$$', 1);
    const cells = mounted.findAll('.formula mtd').map((cell) => getComputedStyle(cell).textAlign);
    expect(cells).toEqual(['right', 'left', 'right', 'left']);
  });

  it('scrolls a formula that is wider than the answer by itself, by keyboard too', async () => {
    await mount();
    await say(`$$${'x+'.repeat(200)}y$$`, 1);
    const [wide] = formulas();
    expect(wide?.scrollWidth).toBeGreaterThan((wide?.clientWidth ?? 0) + 100);
    expect(mounted.find('.log').scrollWidth).toBe(mounted.find('.log').clientWidth);
    expect(wide?.tabIndex).toBe(0);
    expect(await axeViolations(mounted.chat)).toEqual([]);
  });

  it('goes along with a policy for links and renderers', async () => {
    await mount({
      linkPolicy: 'shop.example',
      renderers: { table: ({ header, rows }) => `${header.join()}:${rows.join()}` },
    });
    await say('[a $x$](https://evil.example) $y$\n\n| $p$ | q |\n|---|---|\n| $r$ | s |\n', 2);
    expect(mounted.findAll('.markdown a')).toEqual([]);
    expect(plain()).toContain('$p$,q:$r$,s');
  });

  it('is off until the page wants it, and comes and goes with its property', async () => {
    await mount({ math: undefined });
    mounted.transport.say('It is $x$.');
    await mounted.answer();
    expect(plain()).toContain('$x$');
    mounted.chat.math = true;
    await vi.waitFor(() => expect(shown()).toHaveLength(1), 10_000);
    mounted.chat.math = false;
    await vi.waitFor(() => expect(plain()).toContain('$x$'));
  });
});
