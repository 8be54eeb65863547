import { posix } from 'node:path';
import { html, raw } from 'hono/html';
import { findStartPage } from '../content/find-start-page.js';
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
  /** Gives the page for an unknown address, with a list of the pages that exist. */
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
  const start = findStartPage(content) ?? content.documents[0];
  if (start) byName.set('', start);
  const renderMarkdown = createMarkdownRenderer(content);
  const layOutDocs = createDocsLayout(content);
  // Not whole pages: each of them lists all the others.
  const bodies = new Map<SiteDocument, string>();

  const toBody = (document: SiteDocument): string => {
    const known = bodies.get(document);
    if (known !== undefined) return known;
    const body =
      document.format === 'markdown' ? renderMarkdown(document) : String(html`<pre>${document.source}</pre>`);
    bodies.set(document, body);
    return body;
  };

  return {
    render(name, root = '/') {
      const document = byName.get(withoutSlash(name));
      if (!document) return undefined;
      const { title, language, source, format } = document;
      if (format === 'html') return source;
      const body = layOutDocs(toBody(document), document);
      return layOutPage({ title, siteName, root, language, sheet: 'docs', body });
    },
    renderMissing: (root = '/') =>
      layOutPage({
        title: 'There is no such page',
        siteName,
        root,
        sheet: 'docs',
        body: layOutDocs(toMissing(root)),
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

/** Creates what puts the list of all pages beside the body of one. */
function createDocsLayout({ documents }: SiteContent): (body: string, current?: SiteDocument) => Markup {
  const toLink = ({ url, title }: SiteDocument, mark = ''): string =>
    String(html`<li><a href="${url}"${raw(mark)}>${title}</a></li>`);
  const links = new Map(documents.map((page) => [page, toLink(page)]));
  return (body, current) => {
    const marked = current ? new Map(links).set(current, toLink(current, ' aria-current="page"')) : links;
    return html`<div class="docs wide">
      <nav aria-label="Pages"><ul>${raw([...marked.values()].join(''))}</ul></nav>
      <main id="content"><article class="prose">${raw(body)}</article></main>
    </div>`;
  };
}
