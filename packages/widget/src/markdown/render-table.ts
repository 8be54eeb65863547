import type { Tokens } from 'marked';
import type { ElementWriter } from './element-writer.js';
import { renderInline } from './render-inline.js';
import { toInlineText } from './to-plain-text.js';

const maxLabelLength = 80;

/** Writes a table that scrolls by itself, also by keyboard, and is named after its columns. */
export function renderTable({ header, rows }: Tokens.Table, to: ElementWriter): void {
  const columns = header.map(({ tokens }) => toInlineText(tokens)).join(', ');
  const label = `${to.labels.table}: ${columns}`.slice(0, maxLabelLength);
  const writeRow = (row: readonly Tokens.TableCell[], name: string, scope?: string): void => {
    const writeCells = (): void => {
      for (const { align, tokens } of row) {
        to.element(name, () => renderInline(tokens, to), { scope, ...(align && { class: `align-${align}` }) });
      }
    };
    to.element('tr', writeCells);
  };
  const writeTable = (): void => {
    to.element('thead', () => writeRow(header, 'th', 'col'));
    to.element('tbody', () => {
      for (const row of rows) writeRow(row, 'td');
    });
  };
  to.element('div', () => to.element('table', writeTable), {
    class: 'block table',
    part: 'table',
    role: 'region',
    'aria-label': label,
    tabindex: '0',
  });
}
