import type { MarkedToken, Token } from 'marked';
import type { Definitions } from './bounded-lexer.js';

/** Copied with every update. A text with more of them gets its links when it has ended. */
const maxDefinitions = 200;

/** Adds the link reference definitions in `tokens` to those that are there; the first of a label stands. */
export function collectDefinitions(tokens: readonly Token[], definitions: Definitions): void {
  for (const token of tokens as readonly MarkedToken[]) {
    if (token.type === 'blockquote') collectDefinitions(token.tokens, definitions);
    if (token.type === 'list') for (const item of token.items) collectDefinitions(item.tokens, definitions);
    if (token.type !== 'def' || Object.hasOwn(definitions, token.tag)) continue;
    if (Object.keys(definitions).length < maxDefinitions) {
      Object.defineProperty(definitions, token.tag, { value: token, enumerable: true });
    }
  }
}
