import type { Token } from 'marked';

/** The fence that a code block was opened with, when it has not been closed yet. */
export function openFenceOf(token: Token | undefined): string | undefined {
  if (token?.type !== 'code' || token['codeBlockStyle']) return;
  const opener = /^ {0,3}(`{3,}|~{3,})/.exec(token.raw)?.[1];
  if (!opener) return;
  const raw = token.raw.trimEnd();
  const lineStart = raw.lastIndexOf('\n') + 1;
  const isClosed = lineStart > 0 && isClosingFence(raw.slice(lineStart), opener);
  return isClosed ? undefined : opener;
}

export function isClosingFence(line: string, opener: string): boolean {
  return /^ {0,3}(`{3,}|~{3,})[ \t]*$/.exec(line)?.[1]?.startsWith(opener) ?? false;
}

/** Could this line, still growing, become the closing fence? */
export function mayCloseFence(line: string, opener: string): boolean {
  return /^ {0,3}(`+|~+)[ \t]*$/.exec(line)?.[1]?.startsWith(opener.charAt(0)) ?? false;
}
