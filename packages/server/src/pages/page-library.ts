import { posix } from 'node:path';
import { html, raw } from 'hono/html';
import type { SiteContent, SiteDocument } from '../providers/site/site-content.js';
import { createMarkdownRenderer } from './render-markdown.js';

/** The pages of the site's content, ready to be looked at. */
export interface PageLibrary {
  /** Gives the page of that path (`guide/start`, with or without its extension), or undefined. */
  render(name: string): string | undefined;
}

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
  const toPage = (document: SiteDocument): string =>
    document.format === 'html'
      ? document.source
      : String(layOut({ document, siteName, content, body: toBody(document) }));

  return {
    render(name) {
      const document = byName.get(name.replace(/\/$/, ''));
      if (!document) return undefined;
      const page = rendered.get(document) ?? toPage(document);
      rendered.set(document, page);
      return page;
    },
  };
}

function toNames(path: string): string[] {
  const { dir, name } = posix.parse(path);
  const page = posix.join(dir, name);
  return name === 'index' ? [path, page, dir] : [path, page];
}

interface Layout extends PageLibraryOptions {
  document: SiteDocument;
  body: string;
}

function layOut({ document, siteName, content, body }: Layout): ReturnType<typeof html> {
  const links = content.documents.map(
    (other) =>
      html`<li><a href="${other.url}" ${other === document ? raw('aria-current="page"') : ''}>${other.title}</a></li>`,
  );
  return html`<!doctype html>
<html lang="${document.language ?? 'en'}">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>${document.title} · ${siteName}</title>
    <link rel="icon" type="image/svg+xml" href="/demo/icon.svg" />
    <link rel="stylesheet" href="/demo/base.css" />
    <link rel="stylesheet" href="/demo/docs.css" />
    <script async src="/widget/embed.js" data-nova-accent="#a83c0b"></script>
  </head>
  <body>
    <a class="skip" href="#content">Skip to content</a>
    <header class="bar">
      <a class="brand" href="/"><img src="/demo/icon.svg" alt="" width="28" height="28" />${siteName}</a>
    </header>
    <div class="docs wide">
      <nav aria-label="Pages"><ul>${links}</ul></nav>
      <main id="content"><article class="prose">${raw(body)}</article></main>
    </div>
  </body>
</html>`;
}
