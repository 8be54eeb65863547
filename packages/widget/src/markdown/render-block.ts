import type { MarkedToken, Token, Tokens } from 'marked';
import type { ElementWriter } from './element-writer.js';
import { renderCode } from './render-code.js';
import { renderInline } from './render-inline.js';
import { renderTable } from './render-table.js';

/** Writes one block token. */
export function renderBlock(token: MarkedToken, to: ElementWriter): void {
  switch (token.type) {
    case 'heading':
      // The host page and the widget own the upper levels.
      to.element(`h${Math.min(token.depth + 2, 6)}`, () => renderInline(token.tokens, to));
      break;
    case 'paragraph':
      to.element('p', () => renderInline(token.tokens, to));
      break;
    case 'text':
    case 'checkbox':
      renderInline([token], to);
      break;
    case 'code':
      renderCode(token, to);
      break;
    case 'blockquote':
      to.element('blockquote', () => renderBlocks(token.tokens, to));
      break;
    case 'list':
      renderList(token, to);
      break;
    case 'table':
      renderTable(token, to);
      break;
    case 'hr':
      to.element('hr');
      break;
    case 'html':
      to.element('p.raw', token.raw.trimEnd());
      break;
  }
}

function renderBlocks(tokens: readonly Token[], to: ElementWriter): void {
  for (const token of tokens as readonly MarkedToken[]) renderBlock(token, to);
}

function renderList({ items, ordered, start }: Tokens.List, to: ElementWriter): void {
  const first = ordered && start !== '' && start !== 1 ? `${start}` : undefined;
  const writeItems = (): void => {
    for (const { task, tokens } of items) {
      to.element(task ? 'li.task-item' : 'li', () => renderBlocks(tokens, to));
    }
  };
  to.element(ordered ? 'ol' : 'ul', writeItems, { start: first });
}
