import axe from 'axe-core';
import fc from 'fast-check';
import { marked } from 'marked';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { findViolations } from './testing/find-violations.js';
import { hostileMarkdown } from './testing/hostile-markdown.js';
import { markdownCorpus } from './testing/markdown-corpus.js';
import { markdownFragments } from './testing/markdown-fragments.js';
import { type MountedMarkdown, mountMarkdown, toMarkup } from './testing/mount-markdown.js';

const mounted: MountedMarkdown[] = [];

function mount(text = '', open = false): MountedMarkdown {
  const markdown = mountMarkdown();
  mounted.push(markdown);
  if (text) markdown.update(text, open);
  return markdown;
}

function stream(
  text: string,
  steps: number | readonly number[],
  onStep?: (mounted: MountedMarkdown) => void,
): MountedMarkdown {
  const markdown = mount();
  const sizes = typeof steps === 'number' ? [steps] : steps;
  for (let end = 0, index = 0; end < text.length; index += 1) {
    end += sizes[index % sizes.length] ?? 1;
    markdown.update(text.slice(0, end), true);
    onStep?.(markdown);
  }
  return markdown;
}

function markupOf(text: string, steps?: number | readonly number[]): string {
  const markdown = steps === undefined ? mount() : stream(text, steps);
  markdown.update(text, false);
  const markup = toMarkup(markdown.root);
  markdown.unmount();
  return markup;
}

afterEach(() => {
  for (const { unmount } of mounted.splice(0)) unmount();
});

describe('a link to a place of the page', () => {
  const prices = Object.assign(document.createElement('h2'), { id: 'prices' });
  const named = Object.assign(document.createElement('h2'), { id: 'größe 2' });
  beforeEach(() => document.body.append(prices, named));
  afterEach(() => {
    prices.remove();
    named.remove();
  });

  it.each([
    ['that it has', '#prices', '#prices'],
    ['that it has, under another name', '<#größe 2>', '#gr%C3%B6%C3%9Fe%202'],
    ['that every page has', '#', '#'],
    ['that it has not', '#nowhere', undefined],
    ['that is a route of an app', '#/logout', undefined],
    ['that is another kind of route', '#!/account/delete?sure=1', undefined],
    ['that cannot be read', '#%zz', undefined],
  ])('%s: %s', (_, address, href) => {
    const { root } = mount(`[go](${address})`);
    expect(root.textContent).toBe('go');
    expect(root.querySelector('a')?.getAttribute('href')).toBe(href);
  });
});

describe('a streamed answer', () => {
  it.each(Object.entries(markdownCorpus))('ends as "%s" does in one piece', (_, text) => {
    const whole = markupOf(text);
    for (const step of [1, 4, 33]) expect(markupOf(text, step)).toBe(whole);
  });

  it('ends as 1,000 random documents do in one piece', () => {
    const parts = fc.array(fc.constantFrom(...markdownFragments), { maxLength: 50, size: 'max' });
    const document = parts.map((each) => each.join(''));
    const steps = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(document, steps, (text, sizes) => {
        expect(markupOf(text, sizes)).toBe(markupOf(text));
      }),
      { numRuns: 1000 },
    );
  }, 60_000);

  it('is never touched above its last two blocks', () => {
    const text = `${markdownCorpus['answer']}\n${markdownCorpus['many paragraphs']}\n\n${markdownCorpus['answer']}`;
    const markdown = mount();
    const observer = new MutationObserver(() => {});
    observer.observe(markdown.root, { subtree: true, childList: true, characterData: true, attributes: true });
    const blockIndex = (node: Node): number =>
      [...markdown.root.children].findIndex((block) => block === node || block.contains(node));
    let mutations = 0;
    for (let end = 1; end <= text.length; end += 1) {
      const blocksBefore = markdown.root.children.length;
      markdown.update(text.slice(0, end), end < text.length);
      for (const { target, removedNodes } of observer.takeRecords()) {
        mutations += 1;
        if (target !== markdown.root) expect(blockIndex(target)).toBeGreaterThanOrEqual(blocksBefore - 2);
        for (const removed of removedNodes) expect(removed.isConnected).toBe(false);
      }
    }
    observer.disconnect();
    expect(mutations).toBeGreaterThan(1000);
  });

  it('keeps the elements of its blocks, a selection in them and a hovered button', () => {
    const text = `First *paragraph* to select.\n\n\`\`\`\ncode\n\`\`\`\n\n${markdownCorpus['many paragraphs']}`;
    const markdown = mount(text.slice(0, 120), true);
    const [first] = markdown.root.children;
    const button = markdown.root.querySelector('button');
    getSelection()?.selectAllChildren(first as Element);
    for (let end = 120; end < text.length; end += 7) markdown.update(text.slice(0, end), true);
    markdown.update(text, false);
    expect(markdown.root.children[0]).toBe(first);
    expect(markdown.root.querySelector('button')).toBe(button);
    expect(String(getSelection()).trim()).toBe('First paragraph to select.');
  });

  it('shows no bare marks on the way', () => {
    const text =
      'Some **bold words**, *soft* ones, `code`, ~~gone~~ and [a link](https://a.example/b) and ![i](https://i.example).\n\n- **item**\n- `x`\n\n| a | b |\n|---|---|\n| 1 | **2** |\n\n## Head\n\n```js\nx\n```\n';
    const seen = new Set<string>();
    stream(text, 1, ({ root }) => seen.add(root.textContent?.replace(/CopyCopied/g, '') ?? ''));
    expect([...seen].filter((shown) => /[*`~|#[\]]|\]\(|https/.test(shown))).toEqual([]);
  });

  it.each([
    ['by character', 1],
    ['in one chunk', 1000],
  ])('shows a table that comes %s row by row, each complete', (_, step) => {
    const table = 'Before\n\n| a | b |\n|---|--:|\n| 1 | **2** |\n| 3 | 4 |\n';
    const cut = stream(table.slice(0, -4), step);
    for (const row of cut.root.querySelectorAll('tr')) expect(row.children).toHaveLength(2);
    cut.update(table.slice(0, -4), false);
    const cutMarkup = toMarkup(cut.root);
    expect(cutMarkup).toBe(markupOf(table.slice(0, -4)));
    expect(markupOf(table, step)).toBe(markupOf(table));
  });
});

describe('code', () => {
  const textOf = ({ root }: MountedMarkdown): string => root.querySelector('code')?.textContent ?? '';

  it('is one text node that only grows', () => {
    const nodes = new Set<Node | null | undefined>();
    const text = `\`\`\`js\n${'const a = 1;\n'.repeat(30)}\`\`\`\n`;
    const observer = new MutationObserver(() => {});
    const markdown = stream(text.slice(0, 60), 3);
    observer.observe(markdown.root, { subtree: true, childList: true });
    for (let end = 60; end < text.length; end += 3) {
      markdown.update(text.slice(0, end), true);
      nodes.add(
        [...(markdown.root.querySelector('code')?.childNodes ?? [])].find((node) => node instanceof Text && node.data),
      );
    }
    expect(nodes.size).toBe(1);
    expect(observer.takeRecords()).toEqual([]);
    expect(textOf(markdown)).toBe('const a = 1;\n'.repeat(30).trimEnd());
  });

  it('is coloured once it is closed, in a language that is known, and stays the same text', async () => {
    const code = 'const greeting = "Hello"; // <b>hi</b>\n';
    const markdown = stream(`\`\`\`ts\n${code}`, 5);
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(markdown.root.querySelector('code span')).toBeNull();
    markdown.update(`\`\`\`ts\n${code}\`\`\`\n\nAfter`, true);
    await vi.waitUntil(() => markdown.root.querySelector('.code-keyword'), { timeout: 9000 });
    expect(markdown.root.querySelector('.code-keyword')?.textContent).toBe('const');
    expect(`${textOf(markdown)}\n`).toBe(code);
    expect(findViolations(markdown.root)).toEqual([]);
    const span = markdown.root.querySelector('.code-keyword');
    markdown.update(`\`\`\`ts\n${code}\`\`\`\n\nAfter that`, false);
    expect(markdown.root.querySelector('.code-keyword')).toBe(span);
  });

  it.each([
    'bash',
    'c',
    'c++',
    'cs',
    'css',
    'diff',
    'go',
    'java',
    'jsx',
    'json',
    'php',
    'py',
    'rs',
    'sql',
    'html',
    'yml',
  ])('is coloured in %s', async (language) => {
    const code =
      '# x\n- 1\n+ "two"\n{ "a": true }\nint main() { return 0; }\n/* c */ SELECT name FROM t;\n<p class="x">';
    const markdown = mount(`\`\`\`${language}\n${code}\n\`\`\`\n`);
    await vi.waitUntil(() => markdown.root.querySelector('code span'), { timeout: 9000 });
    expect(textOf(markdown)).toBe(code);
    expect(findViolations(markdown.root)).toEqual([]);
  });

  it('is copied by its button, which says so', async () => {
    const written: string[] = [];
    vi.spyOn(navigator.clipboard, 'writeText').mockImplementation(async (text) => void written.push(text));
    const { root } = mount('```\n<a> & "b"\n```\n');
    const button = root.querySelector<HTMLElement>('[part=code-copy]');
    button?.click();
    await vi.waitUntil(() => button?.hasAttribute('data-copied'));
    expect(written).toEqual(['<a> & "b"']);
  });

  it('is selected where the clipboard is not to be had', async () => {
    vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new DOMException('No', 'NotAllowedError'));
    const { root } = mount('```\nnpm ci\n```\n');
    root.querySelector<HTMLElement>('[part=code-copy]')?.click();
    await vi.waitUntil(() => String(getSelection()).trim() === 'npm ci');
  });
});

describe('what is made of Markdown', () => {
  it.each<[name: string, text: string, markup: string]>([
    ['headings below those of the page', '# a\n## b\n### c\n#### d', '<h3>a</h3><h4>b</h4><h5>c</h5><h6>d</h6>'],
    ['lists', '2. a\n3. b\n', '<ol start="2"><li>a</li><li>b</li></ol>'],
    [
      'tasks',
      '- [x] a\n',
      '<ul><li class="task-item"><span class="task" role="img" aria-label="Done">☑</span> a</li></ul>',
    ],
    ['marks', '**a** *b* ~~c~~ `d`', '<p><strong>a</strong> <em>b</em> <del>c</del> <code>d</code></p>'],
    ['raw HTML', '<b>x</b>', '<p>&lt;b&gt;x&lt;/b&gt;</p>'],
    ['entities', '&copy; &lt;b&gt; &#x1F600;', '<p>© &lt;b&gt; 😀</p>'],
    ['a rule and a quote', '---\n\n> q', '<hr><blockquote><p>q</p></blockquote>'],
  ])('%s', (_, text, markup) => expect(markupOf(text)).toBe(markup));

  it('scrolls a table by itself, by keyboard too, and names it', () => {
    const { root } = mount('| a | **b** |\n|---|:-:|\n| 1 | 2 |\n');
    const region = root.querySelector('[role=region]');
    expect(region?.getAttribute('aria-label')).toBe('Table: a, b');
    expect(region?.getAttribute('tabindex')).toBe('0');
    expect([...root.querySelectorAll('th')].map((cell) => [cell.scope, cell.textContent, cell.className])).toEqual([
      ['col', 'a', ''],
      ['col', 'b', 'align-center'],
    ]);
    expect([...root.querySelectorAll('td')].map(({ className }) => className)).toEqual(['', 'align-center']);
  });

  it('has nothing that axe finds', async () => {
    const { root } = mount(Object.values(markdownCorpus).join('\n\n'));
    const { violations } = await axe.run(root, {
      rules: { region: { enabled: false }, 'landmark-unique': { enabled: false } },
    });
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  });
});

describe('hostile Markdown', () => {
  it.each(hostileMarkdown)('%j does nothing', async (payload) => {
    const canary = vi.fn();
    vi.stubGlobal('canary', canary);
    const title = document.title;
    for (const text of [payload, `Text ${payload}`, `- a\n- ${payload}`, `> ${payload}\n\n${payload}`]) {
      for (const step of [1, Math.ceil(text.length / 2)]) {
        const markdown = stream(text, step, ({ root }) => expect(findViolations(root)).toEqual([]));
        markdown.update(text, false);
        expect(findViolations(markdown.root)).toEqual([]);
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(canary).not.toHaveBeenCalled();
    expect(document.title).toBe(title);
    expect(performance.getEntriesByType('resource').filter(({ name }) => name.includes('evil.example'))).toEqual([]);
    vi.unstubAllGlobals();
  });

  it('is seen by these tests when a naive renderer shows it', async () => {
    // A document without a window runs and loads nothing.
    const { body } = document.implementation.createHTMLDocument();
    const seen = [];
    for (const payload of hostileMarkdown) {
      body.innerHTML = await marked.parse(payload);
      if (findViolations(body).length > 0) seen.push(payload);
    }
    expect(seen.length / hostileMarkdown.length).toBeGreaterThan(0.8);
  });
});
