import type { MarkedToken, Token } from 'marked';
import { BoundedLexer, type Definitions } from './bounded-lexer.js';
import { closeInline } from './close-inline.js';
import { findLastLeaf } from './find-last-leaf.js';
import { lengthToShow } from './length-to-show.js';

/** A cut can uncover a line that has to be held back as well: a table's first line before its delimiter row. */
const maxCuts = 4;

/**
 * Turns Markdown into tokens; never throws.
 *
 * With `open` the source may end in the middle of anything. What cannot be told yet is left out, what is begun is
 * closed, so that no bare `**`, `` ` `` or `[text](` shows up for a moment.
 */
export function lexMarkdown(source: string, definitions: Definitions, open: boolean): MarkedToken[] {
  try {
    return lex(source, definitions, open ? maxCuts : -1) as Token[] as MarkedToken[];
  } catch {
    // marked throws on what it cannot advance through. The text is worth more than its layout.
    const text = { raw: source, text: source };
    return [{ type: 'paragraph', ...text, tokens: [{ type: 'text', ...text }] }];
  }
}

/** Negative `cuts` tell that no more is to come. */
function lex(source: string, definitions: Definitions, cuts: number): Token[] {
  const lexer = new BoundedLexer(definitions);
  const tokens = lexer.blockTokens(source, lexer.tokens);
  const length = cuts > 0 ? lengthToShow(source, findLastLeaf(tokens)) : source.length;
  if (length < source.length) return lex(source.slice(0, length), definitions, cuts - 1);
  if (cuts >= 0) closeLastInline(lexer, tokens, source);
  lexer.lexQueuedInline();
  return tokens;
}

/** A blank line ends every block that holds inline text, a line break ends a heading: nothing is open after these. */
function closeLastInline(lexer: BoundedLexer, tokens: Token[], source: string): void {
  const leaf = findLastLeaf(tokens);
  const last = lexer.inlineQueue.at(-1);
  if (!leaf || !last || !('tokens' in leaf) || leaf.tokens !== last.tokens || /\n[ \t>]*\n$/.test(source)) return;
  if (leaf.type !== 'heading' || !source.endsWith('\n')) last.src = closeInline(last.src);
}
