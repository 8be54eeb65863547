import { describe, expect, it } from 'vitest';
import { toDocument } from '../content/to-document.js';
import { toStaticFile } from '../http/static-files.js';
import { createHomePage } from '../pages/home-page.js';
import { createPageLibrary } from '../pages/page-library.js';
import { createTestApp } from '../testing/create-test-app.js';

const documents = ['index.md', 'guide/start.md'].flatMap(
  (path) =>
    toDocument({ path, format: 'markdown', text: '# A page\n\nText.', baseUrl: 'https://example.com/chat/docs/' }) ??
    [],
);
const siteName = 'Shop';
const home = createHomePage({ content: { documents }, siteName, url: 'http://127.0.0.1:1', hasModels: false });
const { app } = createTestApp({
  pages: createPageLibrary({ content: { documents }, siteName }),
  demoFiles: new Map([['index.html', await toStaticFile(Buffer.from(home), 'text/html; charset=utf-8')]]),
});

describe('a page of a server that a proxy has put below /chat/', () => {
  it.each(['/', '/docs', '/docs/', '/docs/guide/start', '/docs/guide/start.md', '/docs/a/b/nope', '/nope', '/a/b/'])(
    'has its looks, its chat and its way back there: %s',
    async (path) => {
      const html = await (await app.request(path, { headers: { accept: 'text/html' } })).text();
      // Not what a page shows of HTML.
      const tags = [...html.matchAll(/<[a-z][^>]*>/g)].join('');
      const leads = [...tags.matchAll(/(?:href|src|data-nova-endpoint)="([^"#]+)"/g)].map(
        ([, to = '']) => new URL(to, `https://example.com/chat${path}`).href,
      );
      const own = ['', 'demo/icon.svg', 'demo/base.css', 'widget/embed.js'];
      expect(leads).toEqual(expect.arrayContaining(own.map((name) => `https://example.com/chat/${name}`)));
      expect(leads.filter((url) => !url.startsWith('https://example.com/chat/'))).toEqual([]);
    },
  );
});
