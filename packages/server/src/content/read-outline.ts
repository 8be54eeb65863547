import { marked, type Token, type Tokens } from 'marked';
import { htmlToMarkdown } from './html-to-markdown.js';
import type { SiteDocument } from './site-content.js';
import { toPlainText } from './to-plain-text.js';
import { createSlugger } from './to-slug.js';

export interface Heading {
  type: 'heading';
  depth: number;
  heading: string;
  /** Undefined where the page has no anchor. */
  slug: string | undefined;
}

/** What a page is made of, in its order; `end` closes the headings of its depth and below. */
export type OutlineStep = Heading | { type: 'block'; token: Token } | { type: 'end'; depth: number };

/** A heading may name its own anchor: `## Prices {#prices}`. */
export const headingId: RegExp = /\s*\{#([^\s{}]+)\}\s*$/;

const foldDepth = 6;
const foldEnd: OutlineStep = { type: 'end', depth: foldDepth };
/** Below all headings that there are. */
const questionDepth = 7;

/** Reads the headings of a page, and what takes the place of one: the summary of a fold, a question in bold. */
export function* readOutline({ format, source }: SiteDocument): Generator<OutlineStep> {
  if (format === 'html') {
    yield* readHtml(source);
    return;
  }
  const toSlug = createSlugger();
  for (const token of marked.lexer(source)) {
    if (token.type === 'html' && /<summary\b|<\/details>/i.test(token.raw)) yield* readFold(token.raw);
    else yield* toStep(token, toSlug);
  }
}

/** A page that is shown as it is has the anchors that it names. */
function* readHtml(html: string): Generator<OutlineStep> {
  for (const token of marked.lexer(htmlToMarkdown(html).markdown)) {
    if (token.type === 'hr') yield foldEnd;
    else yield* toStep(token, undefined);
  }
}

/** In Markdown the tags of a fold stand around it, each by itself; the end of one may begin the next. */
function* readFold(html: string): Generator<OutlineStep> {
  for (const part of html.split(/(?<=<\/details>)/i)) {
    yield* [...readHtml(part)].filter((step) => step !== foldEnd);
    if (/<\/details>$/i.test(part)) yield foldEnd;
  }
}

function toStep(token: Token, toSlug: ((heading: string) => string) | undefined): OutlineStep[] {
  if (isQuestion(token))
    return [{ type: 'heading', depth: questionDepth, heading: toPlainText([token]), slug: undefined }];
  if (token.type !== 'heading') return [{ type: 'block', token }];
  const text = toPlainText([token]);
  const heading = text.replace(headingId, '');
  const slug = headingId.exec(text)?.[1] ?? (toSlug && encodeURI(toSlug(heading)));
  // A picture only: it names nothing.
  return heading === '' ? [] : [{ type: 'heading', depth: (token as Tokens.Heading).depth, heading, slug }];
}

function isQuestion(token: Token): boolean {
  return (
    token.type === 'paragraph' && /^(\*\*|__)(?!\1)[^\n]+\?\1$/.test(token.raw.trim()) && token.tokens?.length === 1
  );
}
