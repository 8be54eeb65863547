import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { createLinkResolver } from '../content/create-link-resolver.js';
import type { ContentFormat, SiteContent } from '../content/site-content.js';
import { splitSections } from '../content/split-sections.js';
import { toDocument } from '../content/to-document.js';
import { createPageLibrary } from './page-library.js';

function createContent(files: Record<string, string>): SiteContent {
  const formats: Record<string, ContentFormat> = { md: 'markdown', html: 'html', txt: 'text' };
  const documents = Object.entries(files).flatMap(([path, text]) => {
    const format = formats[path.split('.').at(-1) ?? ''] ?? 'text';
    return toDocument({ path, format, text, baseUrl: 'https://site.example/docs/' }) ?? [];
  });
  return { documents };
}

const content = createContent({
  'readme.md':
    '# Start\n\nSee [prices](prices.md#vat), [the licence](LICENSE), [the web](https://web.example/?a=1&b=2) and [evil](javascript:alert(1)).\n',
  'prices.md':
    '# Prices & more\n\n## What does `VAT` cost? {#vat}\n\nNothing.\n\n## Größe\n\nOne.\n\n## Größe\n\nTwo.\n\n### "Quotes" <b>& tags</b>\n\nThree.\n\n| a | b |\n|---|---|\n| 1 | [x](readme.md) |\n',
  'guide/index.md': '# Guide\n\nText.\n',
  'plain.txt': 'A <b>plain</b> text.\n',
  'own.html': '<!doctype html><html><body><h1>Own</h1><p>Own page.</p></body></html>',
});
const library = createPageLibrary({ content, siteName: 'Shop <&>' });

describe('createPageLibrary', () => {
  it.each([
    ['readme', 'Start'],
    ['readme.md', 'Start'],
    ['', 'Start'],
    ['guide', 'Guide'],
    ['guide/', 'Guide'],
    ['guide/index.md', 'Guide'],
    ['plain', 'plain'],
  ])('finds "%s"', (name, title) => {
    expect(library.render(name)).toContain(title);
  });

  it.each(['README.md', 'guide/README.md', 'Index.md', 'guide/INDEX.HTML', 'a b.md', '_1.txt'])(
    'has a page where the citations of %s lead to',
    (path) => {
      const own = createContent({ [path]: 'The words of the page.' });
      const [document] = own.documents;
      const name = decodeURIComponent(new URL(document?.url ?? '').pathname.replace('/docs/', ''));
      expect(createPageLibrary({ content: own, siteName: 'Shop' }).render(name)).toContain('The words of the page.');
    },
  );

  it.each(['nothing', 'Readme', '../readme', 'readme.md.md', '__proto__'])('does not know "%s"', (name) => {
    expect(library.render(name)).toBeUndefined();
  });

  it('gives every heading the id that the citations of its section link to', () => {
    const resolver = createLinkResolver(content);
    const sections = content.documents
      .filter((document) => document.format === 'markdown')
      .flatMap((document) => splitSections(document, resolver(document)));
    const anchors = sections.flatMap(({ document, url }) => {
      const id = decodeURI(URL.parse(url)?.hash.slice(1) ?? '');
      return id === '' ? [] : [{ document, id }];
    });
    expect(anchors.map(({ id }) => id)).toEqual(expect.arrayContaining(['vat', 'größe', 'größe-1']));
    for (const { document, id } of anchors) expect(library.render(document.path)).toContain(` id="${id}"`);
  });

  it('links from page to page and to the web, and nowhere else', () => {
    const page = library.render('readme') ?? '';
    expect(page).toContain('<a href="https://site.example/docs/prices#vat">prices</a>');
    expect(page).toContain('<a href="https://web.example/?a=1&amp;b=2">the web</a>');
    expect(page).not.toContain('javascript:');
    expect(page).toContain('evil');
  });

  it('escapes what is text', () => {
    expect(library.render('plain')).toContain('A &lt;b&gt;plain&lt;/b&gt; text.');
    expect(library.render('plain')).toContain('Shop &lt;&amp;&gt;');
    expect(library.render('prices')).toContain('<title>Prices &amp; more · Shop &lt;&amp;&gt;</title>');
  });

  it('shows code as it stands, within reach of the keyboard', () => {
    const own = createContent({ 'code.md': '# Code\n\n```html\n<script src="x">&amp;</script>\n```\n' });
    expect(createPageLibrary({ content: own, siteName: 'Shop' }).render('code')).toContain(
      '<pre tabindex="0" role="group" aria-label="Code"><code>&lt;script src=&quot;x&quot;&gt;&amp;amp;&lt;/script&gt;\n</code></pre>',
    );
  });

  it('lets a wide table scroll by itself', () => {
    expect(library.render('prices')).toMatch(/<div class="table"[^>]*><table><thead><tr><th>a<\/th>/);
    expect(library.render('prices')).toContain('<td><a href="https://site.example/docs/readme">x</a></td>');
  });

  it('has a page for addresses that lead nowhere, with all the pages that there are', () => {
    const page = library.renderMissing();
    expect(page).toContain('<title>There is no such page · Shop &lt;&amp;&gt;</title>');
    for (const { url } of content.documents) expect(page).toContain(`href="${url}"`);
    expect(page).not.toContain('aria-current');
  });

  it('leaves an HTML page as its owner wrote it', () => {
    expect(library.render('own')).toContain('<p>Own page.</p></body></html>');
  });
});

it('keeps no copy of the list of pages for each page that was looked at', () => {
  const count = 600;
  const files = Array.from({ length: count }, (_, at) => [`page-${at}.md`, `# A page of some length, number ${at}\n`]);
  const many = createPageLibrary({ content: createContent(Object.fromEntries(files)), siteName: 'Shop' });
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  const before = process.memoryUsage().heapUsed;
  for (let at = 0; at < count; at += 1) {
    const page = many.render(`page-${at}`) ?? '';
    expect(page.match(/aria-current="page"/g)).toHaveLength(1);
    expect(page).toContain(`page-${count - 1}"`);
  }
  collect();
  // Each page lists all of them: as they are sent, they have 40 MB.
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(4_000_000);
});
