import type { Token, Tokens } from 'marked';

/** Gives the words of Markdown tokens without their marks: texts of links, cells, code as it stands. */
export function toPlainText(tokens: readonly Token[]): string {
  return tokens
    .map(toText)
    .join('')
    .replace(/[ \t]+/g, ' ')
    .trim();
}

const entities: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&nbsp;': ' ' };

function toText(token: Token): string {
  switch (token.type) {
    case 'image':
    case 'html':
    case 'def':
    case 'hr':
      return '';
    case 'br':
    case 'space':
      return ' ';
    case 'code':
      return `${token.text}\n`;
    case 'codespan':
      return token.text;
    case 'list':
      return (token as Tokens.List).items.map((item) => `${toPlainText(item.tokens)}\n`).join('');
    case 'table': {
      const { header, rows } = token as Tokens.Table;
      return [header, ...rows].map((row) => `${row.map((cell) => toPlainText(cell.tokens)).join(' · ')}\n`).join('');
    }
  }
  const inner = 'tokens' in token ? token.tokens : undefined;
  if (inner === undefined)
    return ('text' in token ? String(token.text) : token.raw).replace(
      /&(amp|lt|gt|quot|nbsp);/g,
      (name) => entities[name] ?? name,
    );
  const isInline = ['strong', 'em', 'del', 'link'].includes(token.type);
  return inner.map(toText).join('') + (isInline ? '' : '\n');
}
