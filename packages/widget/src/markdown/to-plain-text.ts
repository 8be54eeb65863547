import type { MarkedToken, Token } from 'marked';
import { decodeEntities } from './decode-entities.js';
import { lexMarkdown } from './lex-markdown.js';
import { normalizeMarkdown } from './normalize-markdown.js';

/**
 * Turns Markdown into what is read aloud: no marks, a line for each paragraph, item, row and line of code, an image as
 * its description, a link as its text.
 */
export function toPlainText(markdown: string): string {
  return toLines(lexMarkdown(normalizeMarkdown(markdown), {}, false)).join('\n');
}

function toLines(tokens: readonly Token[]): string[] {
  return (tokens as readonly MarkedToken[]).flatMap((token) => {
    switch (token.type) {
      case 'heading':
      case 'paragraph':
        return toInlineText(token.tokens).split('\n');
      case 'text':
        return toInlineText([token]).split('\n');
      case 'code':
        return token.text.trimEnd().split('\n');
      case 'html':
        return token.text.trim().split('\n');
      case 'blockquote':
        return toLines(token.tokens);
      case 'list':
        return token.items.flatMap((item) => toLines(item.tokens));
      case 'table':
        return [token.header, ...token.rows].map((row) => row.map((cell) => toInlineText(cell.tokens)).join(', '));
      default:
        return [];
    }
  });
}

/** The text of inline tokens, without marks. */
export function toInlineText(tokens: readonly Token[]): string {
  return (tokens as readonly MarkedToken[])
    .map((token) => {
      if (token.type === 'br') return '\n';
      if (token.type === 'checkbox') return '';
      if ('tokens' in token && token.tokens) return toInlineText(token.tokens);
      if (token.type === 'text') return token.escaped ? token.text : decodeEntities(token.text);
      return 'text' in token ? token.text : token.raw;
    })
    .join('');
}
