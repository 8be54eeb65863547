import { posix } from 'node:path';
import { html, raw } from 'hono/html';
import type { SiteContent, SiteDocument } from '../providers/site/site-content.js';
import { toPagePath } from '../providers/site/to-page-path.js';
import { layOutPage, type Markup } from './lay-out-page.js';
import { createMarkdownRenderer } from './render-markdown.js';

/** The pages of the site's content, ready to be looked at. */
export interface PageLibrary {
  /** Gives the page of that path (`guide/start`, with or without its extension), or undefined. */
  render(name: string): string | undefined;
  /** Gives the page that says that there is none, with a list of those that there are. */
  renderMissing(): string;
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
  const rendered = new Map<SiteDocument, string>();

  const toBody = (document: SiteDocument): string =>
    document.format === 'markdown' ? renderMarkdown(document) : String(html`<pre>${document.source}</pre>`);
  const toPage = (document: SiteDocument): string => {
    const { title, language, source, format } = document;
    if (format === 'html') return source;
    const body = toDocsBody(toBody(document), content, document);
    return layOutPage({ title, siteName, language, sheet: 'docs', body });
  };

  return {
    render(name) {
      const document = byName.get(withoutSlash(name));
      if (!document) return undefined;
      const page = rendered.get(document) ?? toPage(document);
      rendered.set(document, page);
      return page;
    },
    renderMissing: () =>
      layOutPage({
        title: 'There is no such page',
        siteName,
        sheet: 'docs',
        body: toDocsBody(missing, content),
      }),
  };
}

const missing =
  '<h1>There is no such page</h1><p>It may have moved. Go to the <a href="/">start</a>, choose one of the pages of this site, or ask the bubble in the corner.</p>';

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
