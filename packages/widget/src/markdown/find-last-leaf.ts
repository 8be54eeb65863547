import type { Token } from 'marked';

/** Finds the block at the very end of the source, down through lists and quotes. */
export function findLastLeaf(tokens: readonly Token[]): Token | undefined {
  let token = tokens.findLast((candidate) => candidate.type !== 'space');
  for (;;) {
    const children: Token[] | undefined =
      token?.type === 'list' ? token.items.at(-1)?.tokens : token?.type === 'blockquote' ? token.tokens : undefined;
    const last = children?.findLast((candidate) => candidate.type !== 'space');
    if (!last) return token;
    token = last;
  }
}
