import type { CodeStyle } from './to-code-style.js';

/** A piece of code that is coloured in one way, with pieces in it. */
export interface CodeSpan {
  style: CodeStyle;
  children: (CodeSpan | string)[];
}

/** Turns coloured code into nodes. */
export function renderCodeSpans(spans: readonly (CodeSpan | string)[]): (Node | string)[] {
  return spans.map((span) => {
    if (typeof span === 'string') return span;
    const element = document.createElement('span');
    element.className = `code-${span.style}`;
    element.append(...renderCodeSpans(span.children));
    return element;
  });
}
