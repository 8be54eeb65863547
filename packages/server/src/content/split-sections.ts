import { marked, type Token, type Tokens } from 'marked';
import { htmlToMarkdown } from './html-to-markdown.js';
import type { SiteDocument } from './site-content.js';
import { type ResolveLink, toPassageMarkdown } from './to-passage-markdown.js';
import { toPlainText } from './to-plain-text.js';
import { createSlugger } from './to-slug.js';

/** A piece of a section that is quoted whole or, when it is prose, by its sentences. */
export interface Block {
  kind: 'prose' | 'list' | 'table' | 'code';
  /** As it is quoted. */
  markdown: string;
  /** As it is searched. */
  text: string;
}

/** What stands between two headings of a page. */
export interface Section {
  document: SiteDocument;
  /** Without a fragment for the top of the page. */
  url: string;
  /** The page's title for the top of the page. */
  heading: string;
  /** The headings above it, the page's title left out. */
  trail: readonly string[];
  blocks: readonly Block[];
}

/** A heading may name its own anchor: `## Prices {#prices}`. */
export const headingId: RegExp = /\s*\{#([^\s{}]+)\}\s*$/;

/** Splits a page at its headings; sections with nothing under their heading and tables of contents are left out. */
export function splitSections(document: SiteDocument, resolve: ResolveLink): Section[] {
  if (document.format === 'text') return splitText(document);
  const source = document.format === 'html' ? htmlToMarkdown(document.source).markdown : document.source;
  const toSlug = createSlugger();
  const sections: Section[] = [];
  let above: { depth: number; heading: string }[] = [];
  let blocks: Block[] = [];
  const start = { document, url: document.url, heading: document.title, trail: [] };
  let section: Omit<Section, 'blocks'> = start;
  const endSection = (): void => {
    if (blocks.length > 0) sections.push({ ...section, blocks });
    blocks = [];
  };
  for (const token of marked.lexer(source)) {
    if (token.type !== 'heading') {
      blocks.push(...toBlocks(token, resolve));
      continue;
    }
    const { heading, slug } = readHeading(token as Tokens.Heading, document.format === 'html' ? undefined : toSlug);
    // A picture only: it names nothing.
    if (heading === '') continue;
    endSection();
    above = above.filter(({ depth }) => depth < token.depth);
    const isTitle = token.depth === 1 && sections.length === 0 && above.length === 0 && heading === document.title;
    section = isTitle
      ? start
      : { document, url: toUrl(document, slug), heading, trail: above.map((one) => one.heading) };
    if (!isTitle) above.push({ depth: token.depth, heading });
  }
  endSection();
  return sections;
}

interface Heading {
  heading: string;
  /** Undefined where the page has no anchor. */
  slug: string | undefined;
}

/** Without `toSlug` for pages that are shown as they are: they have the anchors that they name. */
function readHeading(token: Tokens.Heading, toSlug: ((heading: string) => string) | undefined): Heading {
  const text = toPlainText([token]);
  const heading = text.replace(headingId, '');
  return { heading, slug: headingId.exec(text)?.[1] ?? (toSlug && encodeURI(toSlug(heading))) };
}

function toUrl({ url }: SiteDocument, slug: string | undefined): string {
  return slug ? `${url}#${slug}` : url;
}

function toBlocks(token: Token, resolve: ResolveLink): Block[] {
  if (token.type === 'html') {
    const { markdown } = htmlToMarkdown(token.raw);
    return markdown === '' ? [] : marked.lexer(markdown).flatMap((inner) => toBlocks(inner, resolve));
  }
  if (token.type === 'space' || token.type === 'hr' || token.type === 'def' || isContents(token)) return [];
  const markdown = toPassageMarkdown(token, resolve);
  const text = `${toPlainText([token])} ${toLanguageName(token)}`.trim();
  return markdown === '' || text === '' ? [] : [{ kind: toKind(token.type), markdown, text }];
}

/** "How do I do it in TypeScript" asks for what stands in a block of `ts`. */
const languageNames: Record<string, string> = {
  ts: 'TypeScript',
  js: 'JavaScript',
  py: 'Python',
  rb: 'Ruby',
  rs: 'Rust',
  cs: 'C#',
  sh: 'shell',
  yml: 'YAML',
};

function toLanguageName(token: Token): string {
  if (token.type !== 'code') return '';
  const [name = ''] = ((token as Tokens.Code).lang ?? '').split(/\W/);
  return languageNames[name] ?? name;
}

function toKind(type: string): Block['kind'] {
  return type === 'list' || type === 'table' || type === 'code' ? type : 'prose';
}

/** Links and nothing else: a table of contents, or where to read on. */
function isContents(token: Token): boolean {
  if (token.type !== 'list') return false;
  return (token as Tokens.List).items.every((item) => isLinks(item.tokens));
}

function isLinks(tokens: readonly Token[]): boolean {
  return tokens.every((token) => {
    if (token.type === 'list') return isContents(token);
    if (token.type === 'link' || token.type === 'space') return true;
    if ('tokens' in token && token.tokens) return isLinks(token.tokens);
    return !/[\p{L}\p{N}]/u.test(token.raw);
  });
}

/** Plain text has paragraphs and, underlined with `===` or `---`, headings; it is shown as it is, without anchors. */
function splitText(document: SiteDocument): Section[] {
  const sections: (Omit<Section, 'blocks'> & { blocks: Block[] })[] = [
    { document, url: document.url, heading: document.title, trail: [], blocks: [] },
  ];
  for (const paragraph of document.source.split(/\r?\n[ \t]*(?:\r?\n)+/)) {
    const [, heading, body] = /^\s*(\S.*)\r?\n[=-]{3,}[ \t]*(?:\r?\n|$)([\s\S]*)$/.exec(paragraph) ?? [];
    if (heading !== undefined) sections.push({ document, url: document.url, heading, trail: [], blocks: [] });
    const text = (heading === undefined ? paragraph : (body ?? '')).replace(/\s+/g, ' ').trim();
    if (text !== '')
      sections.at(-1)?.blocks.push({ kind: 'prose', markdown: text.replace(/[\\`*_[\]<>#]/g, '\\$&'), text });
  }
  return sections.filter(({ blocks }) => blocks.length > 0);
}
