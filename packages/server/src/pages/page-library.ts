import { posix } from 'node:path';
import { html, raw } from 'hono/html';
import type { SiteContent, SiteDocument } from '../content/site-content.js';
import { toPagePath } from '../content/to-page-path.js';
import { layOutPage, type Markup } from './lay-out-page.js';
import { createMarkdownRenderer } from './render-markdown.js';

/** The pages of the site's content, ready to be looked at. */
export interface PageLibrary {
  /**
   * Gives the page of that path (`guide/start`, with or without its extension), or undefined. `root` is the way from its
   * address to the start of the server, such as `../`; default `/`.
   */
  render(name: string, root?: string): string | undefined;
  /** Gives the page that says that there is none, with a list of those that there are. */
  renderMissing(root?: string): string;
}

/** Options of `createPageLibrary`. */
export interface PageLibraryOptions {
  content: SiteContent;
  /** Stands at the top of each page. */
  siteName: string;
}

/** Creates the pages that the citations of the `site` provider lead to. The content is the site owner's, and trusted. */
export function createPageLibrary({ content, siteName }: PageLibraryOptions): PageLibrary {
  const byName = new Map<string, SiteDocument>();
  for (const document of content.documents) for (const name of toNames(document.path)) byName.set(name, document);
  const start = byName.get('') ?? byName.get('readme') ?? content.documents[0];
  if (start) byName.set('', start);
  const renderMarkdown = createMarkdownRenderer(content);
  /** By the way to the start and the path: a page has more than one address. */
  const rendered = new Map<string, string>();

  const toBody = (document: SiteDocument): string =>
    document.format === 'markdown' ? renderMarkdown(document) : String(html`<pre>${document.source}</pre>`);
  const toPage = (document: SiteDocument, root: string): string => {
    const { title, language, source, format } = document;
    if (format === 'html') return source;
    const body = toDocsBody(toBody(document), content, document);
    return layOutPage({ title, siteName, root, language, sheet: 'docs', body });
  };

  return {
    render(name, root = '/') {
      const document = byName.get(withoutSlash(name));
      if (!document) return undefined;
      const key = `${root} ${document.path}`;
      const page = rendered.get(key) ?? toPage(document, root);
      rendered.set(key, page);
      return page;
    },
    renderMissing: (root = '/') =>
      layOutPage({
        title: 'There is no such page',
        siteName,
        root,
        sheet: 'docs',
        body: toDocsBody(toMissing(root), content),
      }),
  };
}

function toMissing(root: string): string {
  return `<h1>There is no such page</h1><p>It may have moved. Go to the <a href="${root}">start</a>, choose one of the pages of this site, or ask the bubble in the corner.</p>`;
}

function toNames(path: string): string[] {
  const { dir, name } = posix.parse(path);
  return [path, posix.join(dir, name), withoutSlash(toPagePath(path))];
}

function withoutSlash(name: string): string {
  return name.replace(/\/$/, '');
}

function toDocsBody(body: string, content: SiteContent, current?: SiteDocument): Markup {
  const links = content.documents.map(
    (page) =>
      html`<li><a href="${page.url}" ${page === current ? raw('aria-current="page"') : ''}>${page.title}</a></li>`,
  );
  return html`<div class="docs wide">
      <nav aria-label="Pages"><ul>${links}</ul></nav>
      <main id="content"><article class="prose">${raw(body)}</article></main>
    </div>`;
}
