import { html, nothing, type TemplateResult } from 'lit';
import type { Tokens } from 'marked';
import type { MarkdownLabels } from './markdown-labels.js';
import { renderInline } from './render-inline.js';
import { toInlineText } from './to-plain-text.js';

const maxLabelLength = 80;

/** Turns a table into one that scrolls by itself, also by keyboard, and is named after its columns. */
export function renderTable({ header, rows }: Tokens.Table, labels: MarkdownLabels): TemplateResult {
  const columns = header.map(({ tokens }) => toInlineText(tokens)).join(', ');
  const label = `${labels.table}: ${columns}`.slice(0, maxLabelLength);
  return html`<div class="block table" part="table" role="region" aria-label=${label} tabindex="0"><table
    ><thead><tr>${header.map((cell) => html`<th scope="col" class=${toAlignClass(cell)}>${renderInline(cell.tokens, labels)}</th>`)}</tr></thead
    ><tbody>${rows.map(
      (row) =>
        html`<tr>${row.map((cell) => html`<td class=${toAlignClass(cell)}>${renderInline(cell.tokens, labels)}</td>`)}</tr>`,
    )}</tbody></table></div>`;
}

const toAlignClass = ({ align }: Tokens.TableCell): string | typeof nothing => (align ? `align-${align}` : nothing);
