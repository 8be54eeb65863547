import { html, nothing, type TemplateResult } from 'lit';
import type { MarkedToken, Token, Tokens } from 'marked';
import type { MarkdownLabels } from './markdown-labels.js';
import { renderCode } from './render-code.js';
import { renderInline } from './render-inline.js';
import { renderTable } from './render-table.js';

/** Turns one block token into a template. */
export function renderBlock(token: MarkedToken, labels: MarkdownLabels): unknown {
  switch (token.type) {
    case 'heading':
      return renderHeading(token.depth, renderInline(token.tokens, labels));
    case 'paragraph':
      return html`<p>${renderInline(token.tokens, labels)}</p>`;
    case 'text':
    case 'checkbox':
      return renderInline([token], labels);
    case 'code':
      return renderCode(token, labels);
    case 'blockquote':
      return html`<blockquote>${renderBlocks(token.tokens, labels)}</blockquote>`;
    case 'list':
      return renderList(token, labels);
    case 'table':
      return renderTable(token, labels);
    case 'hr':
      return html`<hr>`;
    case 'html':
      return html`<p class="raw">${token.raw.trimEnd()}</p>`;
    default:
      return nothing;
  }
}

function renderBlocks(tokens: readonly Token[], labels: MarkdownLabels): unknown[] {
  return (tokens as readonly MarkedToken[])
    .filter(({ type }) => type !== 'space' && type !== 'def')
    .map((token) => renderBlock(token, labels));
}

/** The host page and the widget own the upper levels. */
function renderHeading(depth: number, content: unknown): TemplateResult {
  if (depth === 1) return html`<h3>${content}</h3>`;
  if (depth === 2) return html`<h4>${content}</h4>`;
  return depth === 3 ? html`<h5>${content}</h5>` : html`<h6>${content}</h6>`;
}

function renderList(list: Tokens.List, labels: MarkdownLabels): TemplateResult {
  const items = list.items.map(
    (item) => html`<li class=${item.task ? 'task-item' : nothing}>${renderBlocks(item.tokens, labels)}</li>`,
  );
  if (!list.ordered) return html`<ul>${items}</ul>`;
  return html`<ol start=${list.start === '' || list.start === 1 ? nothing : list.start}>${items}</ol>`;
}
