import type { Tokens } from 'marked';
import type { Attributes, ElementWriter } from './element-writer.js';
import { renderInline } from './render-inline.js';
import { toInlineText } from './to-plain-text.js';

const maxLabelLength = 80;

/** Writes a table that scrolls by itself, also by keyboard, and is named after its columns. */
export function renderTable({ header, rows }: Tokens.Table, to: ElementWriter): void {
  const columns = header.map(({ tokens }) => toInlineText(tokens)).join(', ');
  const label = `${to.labels.table}: ${columns}`.slice(0, maxLabelLength);
  const writeRow = (row: readonly Tokens.TableCell[], name: string, own?: Attributes): void => {
    const writeCells = (): void => {
      for (const { align, tokens } of row) {
        to.element(align ? `${name}.align-${align}` : name, () => renderInline(tokens, to), own);
      }
    };
    to.element('tr', writeCells);
  };
  const writeTable = (): void => {
    to.element('thead', () => writeRow(header, 'th', { scope: 'col' }));
    to.element('tbody', () => {
      for (const row of rows) writeRow(row, 'td');
    });
  };
  to.element('div.block table', () => to.element('table', writeTable), {
    part: 'table',
    role: 'region',
    'aria-label': label,
    tabindex: '0',
  });
}
