import type { MarkedToken, Token } from 'marked';
import { BoundedLexer, type Definitions } from './bounded-lexer.js';
import { closeInline } from './close-inline.js';
import { findLastLeaf } from './find-last-leaf.js';
import { lengthToShow } from './length-to-show.js';

export interface LexedMarkdown {
  tokens: MarkedToken[];
  /** The definitions passed in and those found in the source. */
  definitions: Definitions;
}

/** A cut can uncover a line that has to be held back as well: a table's first line before its delimiter row. */
const maxCuts = 4;

/**
 * Turns Markdown into tokens; never throws.
 *
 * With `open` the source may end in the middle of anything. What cannot be told yet is left out, what is begun is
 * closed, so that no bare `**`, `` ` `` or `[text](` shows up for a moment.
 */
export function lexMarkdown(source: string, definitions: Definitions, open: boolean): LexedMarkdown {
  try {
    return open ? lexOpen(source, definitions) : lexClosed(source, definitions);
  } catch {
    // marked throws on what it cannot advance through. The text is worth more than its layout.
    const text = { raw: source, text: source };
    const paragraph = { type: 'paragraph' as const, ...text, tokens: [{ type: 'text' as const, ...text }] };
    return { tokens: [paragraph], definitions };
  }
}

function lexClosed(source: string, definitions: Definitions): LexedMarkdown {
  const lexer = new BoundedLexer(definitions);
  const tokens = lexer.blockTokens(source, lexer.tokens);
  lexer.lexQueuedInline();
  return { tokens: tokens as Token[] as MarkedToken[], definitions: lexer.tokens.links };
}

function lexOpen(source: string, definitions: Definitions): LexedMarkdown {
  let shown = source;
  let lexer = new BoundedLexer(definitions);
  let tokens = lexer.blockTokens(shown, lexer.tokens);
  for (let cuts = 0; cuts < maxCuts; cuts++) {
    const length = lengthToShow(shown, findLastLeaf(tokens));
    if (length === shown.length) break;
    shown = shown.slice(0, length);
    lexer = new BoundedLexer(definitions);
    tokens = lexer.blockTokens(shown, lexer.tokens);
  }
  closeLastInline(lexer, tokens, shown);
  lexer.lexQueuedInline();
  return { tokens: tokens as Token[] as MarkedToken[], definitions: lexer.tokens.links };
}

/** A blank line ends every block that holds inline text, a line break ends a heading: nothing is open after these. */
function closeLastInline(lexer: BoundedLexer, tokens: Token[], source: string): void {
  const leaf = findLastLeaf(tokens);
  const last = lexer.inlineQueue.at(-1);
  if (!leaf || !last || !('tokens' in leaf) || leaf.tokens !== last.tokens || /\n[ \t>]*\n$/.test(source)) return;
  if (leaf.type !== 'heading' || !source.endsWith('\n')) last.src = closeInline(last.src);
}
