import { describe, expect, it } from 'vitest';
import type { SiteContent } from '../content/site-content.js';
import { toDocument } from '../content/to-document.js';
import { createHomePage } from './home-page.js';
import { toSiteName } from './to-site-name.js';

function createContent(files: Record<string, string>): SiteContent {
  const documents = Object.entries(files).flatMap(([path, text]) => {
    const format = path.endsWith('.html') ? 'html' : 'markdown';
    return toDocument({ path, format, text, baseUrl: 'https://shop.example/help/' }) ?? [];
  });
  return { documents };
}

const content = createContent({
  'lamps/aurora.md': '# The Aurora lamp\n\nWarm.',
  'index.md': '---\ndescription: Lamps & desks\n---\n# Oak <3\n\nHello.',
  'returns.md': '# Returns\n\nThirty days.',
  'long.md': `# ${'Very '.repeat(20)}long\n\nLong.`,
  'contact.html': '<title>Contact</title><h1>Contact</h1><p>Write.</p>',
  'twin.md': '# Returns\n\nAgain.',
});
const render = (given: SiteContent): string =>
  createHomePage({ content: given, siteName: toSiteName(given), url: 'http://127.0.0.1:1', hasModels: false });
const starters = (page: string): unknown => {
  const [, json = ''] = /data-nova-starters="([^"]*)"/.exec(page) ?? [];
  return JSON.parse(json.replaceAll('&quot;', '"'));
};
const textOf = (page: string): string => page.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"');

describe('createHomePage', () => {
  const page = render(content);

  it('begins with titles of pages, the nearest to the root first, each once', () => {
    expect(starters(page)).toEqual(['Returns', 'Contact', 'The Aurora lamp']);
  });

  it('links to the pages where they are, and to nothing that is not there', () => {
    const links = [...page.matchAll(/<a href="([^"]+)"><b>/g)].map(([, href]) => href);
    expect(links).toEqual(
      ['', 'returns', 'long', 'contact', 'twin', 'lamps/aurora'].map((path) => `https://shop.example/help/${path}`),
    );
    expect(page).not.toContain('/docs/');
  });

  it('is named after the first page, and speaks of nobody else', () => {
    expect(page).toContain('<title>Oak &lt;3</title>');
    expect(page).toContain('<h1>Oak &lt;3</h1>');
    expect(page).toContain('data-nova-heading="Oak &lt;3"');
    expect(page).toContain('<p class="lead">Lamps &amp; desks</p>');
    expect(page.replace('Served by Nova Chat', '')).not.toContain('Nova Chat');
  });

  it('says how to put the chat on a page', () => {
    expect(textOf(page)).toContain('<script async src="http://127.0.0.1:1/widget/embed.js"></script>');
  });

  it('says below a path where the chat asks', () => {
    const page = createHomePage({ content, siteName: 'Oak', url: 'https://oak.example/chat', hasModels: false });
    expect(textOf(page)).toContain(
      '<script async src="https://oak.example/chat/widget/embed.js" data-nova-endpoint="https://oak.example/chat"></script>',
    );
  });

  it('does without starters and without a name', () => {
    const bare = render(createContent({ 'a.md': `# ${'a'.repeat(60)}\n\nA.` }));
    expect(bare).not.toContain('data-nova-starters');
    expect(bare).toContain('<h1>This site</h1>');
    expect(bare.replace(/\s+/g, ' ')).toContain('Answers are quoted from one page');
  });

  it('does not say of a model that it quotes', () => {
    const page = createHomePage({ content, siteName: 'Oak', url: 'http://127.0.0.1:1', hasModels: true });
    expect(page).toContain('When no model can be reached, answers are quoted');
  });

  it('lists no more pages than somebody reads', () => {
    const many = Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`p${at}.md`, `# P${at}\n\nP.`]));
    const page = render(createContent(many));
    expect(page.match(/<li>/g)).toHaveLength(24);
    expect(page).toContain('and 6 more');
  });
});

describe('toSiteName', () => {
  it.each([
    [{ 'index.html': '<h1>Index</h1><p>I</p>', 'readme.md': '# Readme\n\nR.' }, 'Index'],
    [{ 'README.md': '# Readme\n\nR.', 'a.md': '# A\n\nA.' }, 'Readme'],
    [{ 'sub/index.md': '# Sub\n\nS.' }, 'This site'],
  ])('of %o is %s', (files, name) => expect(toSiteName(createContent(files))).toBe(name));
});
