import { Marked, type Tokens } from 'marked';
import { createLinkResolver } from '../content/create-link-resolver.js';
import { headingId } from '../content/read-outline.js';
import type { SiteContent, SiteDocument } from '../content/site-content.js';
import { toPlainText } from '../content/to-plain-text.js';
import { createSlugger } from '../content/to-slug.js';

/**
 * Creates what renders the Markdown pages of a site. Headings get the ids that citations link to, and links between
 * files become links between pages; a link to a file that is no page loses its link and keeps its words.
 */
export function createMarkdownRenderer(content: SiteContent): (document: SiteDocument) => string {
  const createResolve = createLinkResolver(content);
  return (document) => {
    const resolve = createResolve(document);
    const toSlug = createSlugger();
    const marked = new Marked({
      renderer: {
        heading(token: Tokens.Heading) {
          const text = toPlainText([token]);
          const id = headingId.exec(text)?.[1] ?? toSlug(text.replace(headingId, ''));
          const inner = this.parser.parseInline(token.tokens).replace(headingId, '');
          return `<h${token.depth} id="${escapeHtml(id)}">${inner}</h${token.depth}>\n`;
        },
        link(token: Tokens.Link) {
          const inner = this.parser.parseInline(token.tokens);
          const href = resolve(token.href);
          return href === undefined ? inner : `<a href="${escapeHtml(href)}">${inner}</a>`;
        },
        // What scrolls by itself must be reachable by keyboard.
        code({ text }: Tokens.Code) {
          return `<pre tabindex="0" role="group" aria-label="Code"><code>${escapeHtml(text)}\n</code></pre>\n`;
        },
        // A wide table must scroll by itself and not move the page.
        table(token: Tokens.Table) {
          const row = (cells: Tokens.TableCell[], tag: string): string =>
            `<tr>${cells.map((cell) => `<${tag}>${this.parser.parseInline(cell.tokens)}</${tag}>`).join('')}</tr>`;
          const body = token.rows.map((cells) => row(cells, 'td')).join('');
          return `<div class="table" tabindex="0" role="group" aria-label="Table"><table><thead>${row(token.header, 'th')}</thead><tbody>${body}</tbody></table></div>\n`;
        },
      },
    });
    return marked.parse(document.source, { async: false });
  };
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
