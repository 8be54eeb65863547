import type { MarkedToken, Token, Tokens } from '../../markdown/markdown-tokens.js';
import type { AnswerMath } from '../shared/answer-math.js';
import { marks } from './formula-mark.js';
import { FormulaText } from './formula-text.js';
import { FormulaView } from './formula-view.js';
import { mathStyles } from './math.styles.js';

export { mathStyles as styles };

/** Shows the formulas of one answer. */
export function createMath(): AnswerMath {
  const text = new FormulaText();
  const views: FormulaView[] = [];

  const viewOf = (index: number): FormulaView | undefined => {
    const formula = text.formulas[index];
    if (!formula) return undefined;
    const view = views[index] ?? new FormulaView();
    views[index] = view;
    view.update(formula);
    return view;
  };

  const restore = (source: string): string =>
    source.replace(marks, (_, index) => text.formulas[Number(index)]?.source ?? '');

  /** Text, a formula, text … */
  const split = (token: Tokens.Text): MarkedToken => {
    const pieces = token.text.split(marks);
    const tokens = pieces.map((piece, index): Token => {
      if (index % 2 === 0) return { ...token, raw: piece, text: piece };
      // A token of a kind that the core does not know is shown by its source, whatever that is.
      return { type: 'view', raw: viewOf(Number(piece))?.element as never, text: restore(`\ue000${piece}\ue001`) };
    });
    return { type: 'text', raw: token.raw, text: token.text, tokens };
  };

  const showAll = (tokens: Token[]): Token[] => (tokens as MarkedToken[]).map(show);
  const showCell = (cell: Tokens.TableCell): Tokens.TableCell => ({ ...cell, tokens: showAll(cell.tokens) });

  const show = (token: MarkedToken): MarkedToken => {
    if (!token.raw.includes('\ue000')) return token;
    if (token.type === 'list') return { ...token, items: token.items.map((item) => show(item) as Tokens.ListItem) };
    if (token.type === 'table')
      return { ...token, header: token.header.map(showCell), rows: token.rows.map((row) => row.map(showCell)) };
    if (token.type === 'text' && !token.tokens) return split(token);
    // Addresses and code hold no formulas.
    const isLiteral = token.type === 'link' && token.autolink;
    const tokens =
      'tokens' in token && token.tokens ? (isLiteral ? restoreAll(token.tokens) : showAll(token.tokens)) : [];
    return { ...restored(token), ...(tokens.length > 0 && { tokens }) };
  };

  const restored = (token: MarkedToken): MarkedToken =>
    Object.fromEntries(
      Object.entries(token).map(([key, value]) => [key, typeof value === 'string' ? restore(value) : value]),
    ) as unknown as MarkedToken;
  const restoreAll = (tokens: Token[]): Token[] => (tokens as MarkedToken[]).map(restored);

  return {
    take(source, open) {
      const marked = text.take(source, open);
      // One that grows stands in a block that does not change.
      views.forEach((view, index) => {
        const formula = text.formulas[index];
        if (formula) view.update(formula);
      });
      return marked;
    },
    show,
  };
}
