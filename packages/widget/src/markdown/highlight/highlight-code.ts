import hljs from 'highlight.js/lib/core';
import { addCodeColours } from './code-colours.js';
import { toCodeLanguage } from './code-languages.js';
import { grammars } from './grammars.js';
import type { CodeSpan } from './render-code-spans.js';
import { toCodeStyle } from './to-code-style.js';

/** What highlight.js's emitter builds: a scope with text and scopes in it. */
interface ScopedNode {
  scope?: string;
  children: (ScopedNode | string)[];
}

/**
 * Colours code: its text again, in spans; nothing when no grammar knows the language. Loads a grammar when it is wanted
 * for the first time, and the colours into the shadow root of `place`.
 */
export async function highlightCode(
  code: string,
  name: string,
  place: Node,
): Promise<(CodeSpan | string)[] | undefined> {
  const language = toCodeLanguage(name);
  if (!language) return undefined;
  addCodeColours(place.getRootNode());
  if (!hljs.getLanguage(language)) hljs.registerLanguage(language, (await grammars[language]()).default);
  const { _emitter: emitter } = hljs.highlight(code, { language, ignoreIllegals: true });
  const { root } = emitter as unknown as { root: ScopedNode };
  // A grammar that fails leaves a part of the tree behind. Plain code is better than a part of it.
  return textOf(root) === code ? root.children.map(toSpan) : undefined;
}

function toSpan(node: ScopedNode | string): CodeSpan | string {
  return typeof node === 'string' ? node : { style: toCodeStyle(node.scope), children: node.children.map(toSpan) };
}

function textOf(node: ScopedNode | string): string {
  return typeof node === 'string' ? node : node.children.map(textOf).join('');
}
