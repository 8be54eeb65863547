import type { Token, Tokens } from 'marked';

/** Gives the address that a link of a page has outside it; undefined when it leads nowhere that a visitor could go. */
export type ResolveLink = (href: string) => string | undefined;

/**
 * Gives a block of a page as Markdown that stands alone: links resolved, images, badges and inline HTML taken out,
 * indented code fenced.
 */
export function toPassageMarkdown(block: Token, resolve: ResolveLink): string {
  if (block.type === 'code') return toFence(block as Tokens.Code);
  let rest = block.raw;
  let markdown = '';
  for (const token of findReplaced([block])) {
    const at = rest.indexOf(token.raw);
    // A link broken over the lines of a quote stands there with marks between its words.
    if (at < 0) continue;
    markdown += rest.slice(0, at) + toReplacement(token, resolve);
    rest = rest.slice(at + token.raw.length);
  }
  markdown += rest;
  return (
    markdown
      .replace(/^> \[![A-Z]+\][ \t]*\n/m, '')
      // Two blanks break a line.
      .replace(/(?<![ \t])[ \t]+$/gm, (blanks) => (block.type !== 'table' && blanks.startsWith('  ') ? '  ' : ''))
      .replace(/^\s*\n/, '')
      .trimEnd()
  );
}

function* findReplaced(tokens: readonly Token[]): Generator<Token> {
  for (const token of tokens) {
    if (token.type === 'link' || token.type === 'image' || token.type === 'html') yield token;
    else if (token.type === 'list') for (const item of (token as Tokens.List).items) yield* findReplaced(item.tokens);
    else if (token.type === 'table') {
      const { header, rows } = token as Tokens.Table;
      for (const cell of [header, ...rows].flat()) yield* findReplaced(cell.tokens);
    } else if ('tokens' in token && token.tokens) yield* findReplaced(token.tokens);
  }
}

function toReplacement(token: Token, resolve: ResolveLink): string {
  if (token.type === 'html') return /^<br\b/i.test(token.raw) ? ' ' : '';
  if (token.type !== 'link') return '';
  const link = token as Tokens.Link;
  if (!link.raw.startsWith('[')) return link.raw;
  const text = link.tokens
    .filter((inner) => inner.type !== 'image' && inner.type !== 'html')
    .map((inner) => inner.raw)
    .join('');
  const href = resolve(link.href);
  if (text.trim() === '' || href === undefined) return text.trim();
  return `[${text.trim()}](${href.replace(/[\s()<>]/g, (character) => `%${character.charCodeAt(0).toString(16)}`)})`;
}

function toFence({ text, lang }: Tokens.Code): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${lang ?? ''}\n${text.replace(/\s+$/, '')}\n${fence}`;
}
