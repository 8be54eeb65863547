import { html, type TemplateResult } from 'lit';
import type { CodeStyle } from './to-code-style.js';

/** A piece of code that is coloured in one way, with pieces in it. */
export interface CodeSpan {
  style: CodeStyle;
  children: (CodeSpan | string)[];
}

/** Turns coloured code into templates. */
export function renderCodeSpans(spans: readonly (CodeSpan | string)[]): (TemplateResult | string)[] {
  return spans.map((span) =>
    typeof span === 'string' ? span : html`<span class="code-${span.style}">${renderCodeSpans(span.children)}</span>`,
  );
}
