import { marked, type Token, type Tokens } from 'marked';
import { htmlToMarkdown } from './html-to-markdown.js';
import { type Heading, readOutline } from './read-outline.js';
import type { SiteDocument } from './site-content.js';
import { type ResolveLink, toPassageMarkdown } from './to-passage-markdown.js';
import { toPlainText } from './to-plain-text.js';

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

/** Splits a page at its headings; sections with nothing under their heading and tables of contents are left out. */
export function splitSections(document: SiteDocument, resolve: ResolveLink): Section[] {
  if (document.format === 'text') return splitText(document);
  type Start = Omit<Section, 'blocks'>;
  const sections: Section[] = [];
  const start: Start = { document, url: document.url, heading: document.title, trail: [] };
  let above: { depth: number; section: Start }[] = [];
  let section = start;
  let blocks: Block[] = [];
  const endSection = (): void => {
    if (blocks.length > 0) sections.push({ ...section, blocks });
    blocks = [];
  };
  for (const step of readOutline(document)) {
    if (step.type === 'block') {
      blocks.push(...toBlocks(step.token, resolve));
      continue;
    }
    const { type, depth } = step;
    above = above.filter((one) => one.depth < depth);
    const outer = above.at(-1)?.section ?? start;
    if (type === 'end') {
      if (section !== outer) endSection();
      section = outer;
      continue;
    }
    endSection();
    const isTitle = depth === 1 && sections.length === 0 && above.length === 0 && step.heading === document.title;
    section = isTitle
      ? start
      : toStart(
          step,
          outer,
          above.map((one) => one.section.heading),
        );
    if (!isTitle) above.push({ depth, section });
  }
  endSection();
  return sections;
}

/** A heading without an anchor is reached by the one above it. */
function toStart(
  { heading, slug }: Heading,
  { document, url }: Omit<Section, 'blocks'>,
  trail: string[],
): Omit<Section, 'blocks'> {
  return { document, url: slug ? `${document.url}#${slug}` : url, heading, trail };
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
