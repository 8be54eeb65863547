import { posix } from 'node:path';
import { marked, type Token } from 'marked';
import { htmlToMarkdown } from './html-to-markdown.js';
import { readFrontMatter } from './read-front-matter.js';
import { headingId } from './read-outline.js';
import type { ContentFormat, SiteDocument } from './site-content.js';
import { toPagePath } from './to-page-path.js';
import { toPlainText } from './to-plain-text.js';

/** Makes a page of a file; undefined for a draft and for an empty one. */
export function toDocument(file: {
  path: string;
  format: ContentFormat;
  text: string;
  baseUrl: string;
}): SiteDocument | undefined {
  const { path, format } = file;
  const { members, body } = readFrontMatter(file.text);
  if (members.get('draft') === 'true' || body.trim() === '') return undefined;
  const said = format === 'html' ? readHtml(body) : { title: format === 'markdown' ? readHeading(body) : undefined };
  const description = members.get('description') ?? said.description;
  const language = members.get('lang') ?? members.get('language') ?? said.language;
  return {
    path,
    url: toUrl(members.get('url') ?? encodePath(toPagePath(path)), file.baseUrl),
    title: members.get('title') ?? said.title ?? toTitle(path),
    format,
    source: body,
    ...(description && { description }),
    ...(language && { language }),
  };
}

interface SaidOfItself {
  title?: string | undefined;
  description?: string | undefined;
  language?: string | undefined;
}

function readHtml(source: string): SaidOfItself {
  const page = htmlToMarkdown(source);
  return { ...page, title: readHeading(page.markdown) ?? page.title };
}

function readHeading(markdown: string): string | undefined {
  const heading = marked.lexer(markdown).find((token: Token) => token.type === 'heading' && token.depth === 1);
  return heading && (toPlainText([heading]).replace(headingId, '') || undefined);
}

function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}

function toUrl(page: string, baseUrl: string): string {
  if (/^[a-z][a-z0-9+.-]*:/i.test(page)) return page;
  const base = baseUrl.endsWith('/') ? baseUrl : `${baseUrl}/`;
  if (!page.startsWith('/')) return base + page;
  const origin = /^[a-z][a-z0-9+.-]*:\/\/[^/]+/i.exec(base)?.[0] ?? '';
  return origin + page;
}

function toTitle(path: string): string {
  const { dir, name } = posix.parse(path);
  const word = name.toLowerCase() === 'index' && dir !== '' ? posix.basename(dir) : name;
  const words = word.replace(/[-_.]+/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
