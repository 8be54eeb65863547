import { html } from 'hono/html';
import { findStartPage } from '../content/find-start-page.js';
import type { SiteContent, SiteDocument } from '../content/site-content.js';
import { toNearestFirst } from '../content/to-nearest-first.js';
import { layOutPage, type Markup } from './lay-out-page.js';

export interface HomePageOptions {
  content: SiteContent;
  siteName: string;
  /** Where visitors reach the server, without a slash at the end. */
  url: string;
  /** A model is asked first, and these pages are the last resort. */
  hasModels: boolean;
}

const maxStarters = 4;
const maxStarterChars = 48;
const maxListed = 24;

/** Creates the page of `GET /` for a site of its owner's own: its pages, and how to put it on a page. */
export function createHomePage({ content, siteName, url, hasModels }: HomePageOptions): string {
  const start = findStartPage(content);
  const pages = toNearestFirst(content.documents).filter((page) => page !== start);
  const starters = [...new Set(pages.map(({ title }) => title))]
    .filter((title) => title.length <= maxStarterChars)
    .slice(0, maxStarters);
  const count = content.documents.length;
  return layOutPage({
    title: siteName,
    siteName,
    root: './',
    sheet: 'home',
    widget: {
      heading: siteName,
      greeting: 'Hello! What would you like to know?',
      ...(starters.length > 0 ? { starters: JSON.stringify(starters) } : {}),
    },
    body: html`<main id="content">
      <section class="intro wide">
        <h1>${siteName}</h1>
        ${start?.description ? html`<p class="lead">${start.description}</p>` : ''}
        <p class="lead">
          Ask the bubble in the corner. ${hasModels ? 'When no model can be reached, answers' : 'Answers'} are quoted from
          ${count === 1 ? 'one page' : `${count} pages`}, each with a link to its source.
        </p>
      </section>
      <section class="reads wide">
        <h2>Pages</h2>
        <ul>${[...(start ? [start] : []), ...pages].slice(0, maxListed).map(toItem)}</ul>
        ${count > maxListed ? html`<p class="rest">and ${count - maxListed} more</p>` : ''}
      </section>
      <section class="use wide">
        <h2>On a page of yours</h2>
        <pre><code>${toScriptTag(url)}</code></pre>
      </section>
    </main>
    <footer class="foot wide"><span>Served by Nova Chat</span></footer>`,
  });
}

function toScriptTag(url: string): string {
  // The script asks the host that it came from, which below a path is another server.
  const endpoint = new URL(url).pathname === '/' ? '' : ` data-nova-endpoint="${url}"`;
  return `<script async src="${url}/widget/embed.js"${endpoint}></script>`;
}

function toItem({ title, url, description, path }: SiteDocument): Markup {
  return html`<li><a href="${url}"><b>${title}</b><span>${description ?? path}</span></a></li>`;
}
