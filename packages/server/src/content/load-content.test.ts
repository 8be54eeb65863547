import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadContent, type SiteContent, SiteContentError } from './load-content.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nova-content-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function write(files: Record<string, string | Uint8Array>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}

const load = (baseUrl = 'https://x.example/docs'): Promise<SiteContent> => loadContent({ folder, baseUrl });
const paths = ({ documents }: SiteContent): string[] => documents.map(({ path }) => path);

describe('loadContent', () => {
  it.each([
    ['index.md', 'https://x.example/docs/'],
    ['guide/index.md', 'https://x.example/docs/guide/'],
    ['README.md', 'https://x.example/docs/readme'],
    ['a/b c.markdown', 'https://x.example/docs/a/b%20c'],
    ['prices.html', 'https://x.example/docs/prices'],
    ['größe.txt', 'https://x.example/docs/gr%C3%B6%C3%9Fe'],
  ])('links %s to %s', async (path, url) => {
    await write({ [path]: 'Some words.' });
    expect((await load()).documents.map((document) => document.url)).toEqual([url]);
  });

  it.each([
    ['the first heading', 'a.md', 'Intro\n\n# My *page* {#top}\n', 'My page'],
    ['front matter before a heading', 'a.md', '---\ntitle: Mine\n---\n# Other\n', 'Mine'],
    ['a heading of HTML before its title', 'a.html', '<title>A | Shop</title><h1>A</h1>', 'A'],
    ['the title of HTML', 'a.html', '<title>A | Shop</title><p>x</p>', 'A | Shop'],
    ['the file name', 'opening-hours.txt', 'Daily.', 'Opening hours'],
    ['the folder of an index', 'our_shop/index.md', 'Text.', 'Our shop'],
  ])('takes the title from %s', async (_, path, text, title) => {
    await write({ [path]: text });
    expect((await load()).documents[0]?.title).toBe(title);
  });

  it.each([
    ['https://other.example/p', 'https://other.example/p'],
    ['/help/p', 'https://x.example/help/p'],
    ['help/p', 'https://x.example/docs/help/p'],
  ])('takes the address %s of the front matter as %s', async (said, url) => {
    await write({ 'a.md': `---\nurl: ${said}\ndescription: About it\nlang: de\n---\nText.` });
    expect((await load()).documents).toEqual([
      { path: 'a.md', url, title: 'A', format: 'markdown', source: 'Text.', description: 'About it', language: 'de' },
    ]);
  });

  it('puts links under the root when the base is a path', async () => {
    await write({ 'a.md': 'A', 'b.md': '---\nurl: /c\n---\nB' });
    expect((await load('/docs/')).documents.map(({ url }) => url)).toEqual(['/docs/a', '/c']);
  });

  it('leaves out hidden files, drafts, packages, empty pages and other formats', async () => {
    await write({
      'a.md': 'A',
      '.hidden.md': 'H',
      '.git/b.md': 'G',
      'node_modules/c/readme.md': 'C',
      'drafts/d.md': 'D',
      '_e.md': 'E',
      'f.md': '---\ndraft: true\n---\nF',
      'g.md': ' \n',
      'h.png': 'H',
      'sub/i.md': 'I',
    });
    expect(paths(await load())).toEqual(['a.md', 'sub/i.md']);
  });

  it('follows no link out of the folder and none in a circle', async () => {
    const outside = await mkdtemp(join(tmpdir(), 'nova-outside-'));
    await writeFile(join(outside, 'secret.md'), 'Secret.');
    await write({ 'a.md': 'A', 'sub/b.md': 'B' });
    await symlink(join(outside, 'secret.md'), join(folder, 'secret.md'));
    await symlink(outside, join(folder, 'outside'));
    await symlink(folder, join(folder, 'sub', 'circle'));
    await symlink(join(folder, 'gone.md'), join(folder, 'dangling.md'));
    await symlink(join(folder, 'a.md'), join(folder, 'same.md'));
    expect(paths(await load())).toEqual(['a.md', 'same.md', 'sub/b.md']);
    await rm(outside, { recursive: true });
  });

  it('reads a folder that is reached through a link', async () => {
    await write({ 'real/a.md': 'A' });
    await symlink(join(folder, 'real'), join(folder, 'link'));
    expect(paths(await loadContent({ folder: join(folder, 'link'), baseUrl: '/' }))).toEqual(['a.md']);
  });

  it.each<[string, Record<string, string | Uint8Array>, Partial<Parameters<typeof loadContent>[0]>, RegExp]>([
    ['a missing folder', {}, { folder: '/no/such/folder' }, /^SITE_CONTENT: \/no\/such\/folder is not a folder/],
    ['no page', { 'a.png': 'A' }, {}, /^SITE_CONTENT: .* holds no .md/],
    ['a page too large', { 'a.md': 'AAAA' }, { maxFileBytes: 3 }, /^SITE_CONTENT: a.md has 4 bytes, more than the 3/],
    [
      'a page in Latin-1',
      { 'a.md': Buffer.from('Größe', 'latin1') },
      {},
      /^SITE_CONTENT: a.md is not UTF-8; save it as/,
    ],
    [
      'a page in UTF-16 without its mark',
      { 'a.md': Buffer.from('# Size', 'utf16le') },
      {},
      /^SITE_CONTENT: a.md is not UTF-8; save it as/,
    ],
    ['nothing but drafts', { 'a.md': '---\ndraft: true\n---\nA', 'b.md': '' }, {}, /^SITE_CONTENT: .* only drafts and/],
    ['too many pages', { 'a.md': 'A', 'b.md': 'B' }, { maxFiles: 1 }, /^SITE_CONTENT: .* more than 1 pages/],
  ])('names the variable for %s', async (_, files, options, message) => {
    await write(files);
    const loading = loadContent({ folder, baseUrl: '/', ...options });
    await expect(loading).rejects.toThrow(message);
    await expect(loading).rejects.toBeInstanceOf(SiteContentError);
  });

  // Root may read everything.
  it.skipIf(process.getuid?.() === 0)('names a page that this user may not read', async () => {
    await write({ 'a.md': 'A', 'b.md': 'B' });
    await chmod(join(folder, 'b.md'), 0);
    await expect(load()).rejects.toThrow(/^SITE_CONTENT: .*b\.md cannot be read \(EACCES\);/);
  });

  it.each(['> '.repeat(20_000), '<div>'.repeat(20_000)])('names a page that is nested too deeply', async (text) => {
    const name = text.startsWith('<') ? 'a.html' : 'a.md';
    await write({ [name]: `${text}words`, 'b.md': 'Text.' });
    await expect(load()).rejects.toThrow(`SITE_CONTENT: ${name} is nested too deeply`);
  });

  it('takes a file for no folder', async () => {
    await write({ 'a.md': 'A' });
    await expect(loadContent({ folder: join(folder, 'a.md'), baseUrl: '/' })).rejects.toThrow(/SITE_CONTENT/);
  });
});
