import { parse } from 'parse5';
import {
  childrenOf,
  findElement,
  findElements,
  type HtmlElement,
  type HtmlNode,
  isElement,
  readAttribute,
  toRawText,
} from './html-tree.js';

/** What a page says, without what every page of the site repeats. */
export interface HtmlPage {
  title?: string;
  description?: string;
  /** The `lang` of the page, as written. */
  language?: string;
  markdown: string;
}

const skipped = new Set(
  'head script style template noscript nav footer aside form button select textarea dialog iframe object svg canvas video audio img picture map'.split(
    ' ',
  ),
);
const skippedRoles = new Set(['navigation', 'banner', 'contentinfo', 'search', 'complementary', 'menu', 'dialog']);
const inline = new Set(
  'a abbr b bdi bdo cite code data del dfn em i ins kbd label mark q s samp small span strong sub sup time u var wbr font tt'.split(
    ' ',
  ),
);

/** Stands behind what a page folds away, or lists as questions: what follows belongs to the heading above again. */
const foldEnd = '---';

/** Goes where blanks go. */
const lineBreak = '\u2028';

/** Reads a page or a piece of one: its `main` (or else its one `article`, or else `body`) as Markdown. */
export function htmlToMarkdown(html: string): HtmlPage {
  const root = parse(html);
  const title = findElement(root, (element) => element.tagName === 'title');
  const meta = findElement(
    root,
    (element) => element.tagName === 'meta' && readAttribute(element, 'name') === 'description',
  );
  const language = readAttribute(
    findElement(root, (element) => element.tagName === 'html'),
    'lang',
  );
  const description = readAttribute(meta, 'content');
  const articles = findElements(root, 'article');
  showFolded(root);
  const content =
    findElement(root, (element) => element.tagName === 'main' || readAttribute(element, 'role') === 'main') ??
    // Several of them are a list, of posts or of things to buy.
    (articles.length === 1 ? articles[0] : undefined) ??
    findElement(root, (element) => element.tagName === 'body') ??
    root;
  return {
    ...(title && { title: collapse(toRawText(title)) }),
    ...(description && { description: collapse(description) }),
    ...(language && { language }),
    markdown: toBlocks(childrenOf(content)).join('\n\n'),
  };
}

function toBlocks(nodes: readonly HtmlNode[]): string[] {
  const blocks: string[] = [];
  let run = '';
  const endRun = (): void => {
    blocks.push(...toParagraphs(run));
    run = '';
  };
  for (const node of nodes) {
    if (!isElement(node)) run += toInline(node);
    else if (isSkipped(node)) continue;
    else if (inline.has(node.tagName) || node.tagName === 'br') run += toInline(node);
    else {
      endRun();
      blocks.push(...toBlock(node));
    }
  }
  endRun();
  return blocks;
}

/** A question in bold above its answer is a paragraph, as it is a heading. */
function toParagraphs(run: string): string[] {
  const lines = run
    .split(lineBreak)
    .map(collapse)
    .filter((line) => line !== '');
  const question = lines.length > 1 && /^\*\*[^*]+\?\*\*$/.test(lines[0] ?? '') ? lines.splice(0, 1) : [];
  return lines.length > 0 ? [...question, lines.map(toLine).join('  \n')] : [];
}

/** What would begin a list or a heading within a paragraph. */
function toLine(line: string, at: number): string {
  return at === 0 ? line : line.replace(/^(\d*)([-+#=~.)])/, '$1\\$2');
}

function toBlock(element: HtmlElement): string[] {
  const { tagName } = element;
  if (/^h[1-6]$/.test(tagName)) return toHeading(element, Number(tagName[1]));
  if (tagName === 'details') return [...toBlocks(element.childNodes), foldEnd];
  if (tagName === 'summary') return toHeading(element, 6);
  if (tagName === 'pre') {
    const code = findElement(element, (inner) => inner.tagName === 'code') ?? element;
    const language = /\blanguage-([\w-]+)/.exec(readAttribute(code, 'class') ?? '')?.[1] ?? '';
    const text = toRawText(code).replace(/^\n|\s+$/g, '');
    const fence = text.includes('```') ? '````' : '```';
    return text === '' ? [] : [`${fence}${language}\n${text}\n${fence}`];
  }
  if ((tagName === 'ul' || tagName === 'ol') && findElements(element, 'details').length === 0)
    return [toList(element)].filter((list) => list !== '');
  if (tagName === 'table') return toTable(element);
  if (tagName === 'blockquote') return [prefixLines(toInnerBlocks(element).join('\n\n'), '> ')];
  if (tagName === 'hr') return [];
  if (tagName === 'dl') return [...toBlocks(element.childNodes), foldEnd];
  if (tagName === 'dt') return [`**${collapse(toInlines(element.childNodes))}**`];
  return toBlocks(element.childNodes);
}

/** Within a list, a table or a quote nothing begins a section. */
function toInnerBlocks(element: HtmlElement): string[] {
  return toBlocks(element.childNodes)
    .filter((block) => block !== foldEnd)
    .map((block) => block.replace(/^#{1,6} (.+?)(?: \{#\S+\})?$/, '**$1**'));
}

function toHeading(element: HtmlElement, depth: number): string[] {
  const heading = collapse(toInlines(element.childNodes.flatMap(openButton)));
  const id = readId(element) ?? (element.tagName === 'summary' ? readId(element.parentNode) : undefined);
  return heading === '' ? [] : [`${'#'.repeat(depth)} ${heading}${id ? ` {#${id}}` : ''}`];
}

function readId(node: HtmlNode | null): string | undefined {
  if (node === null || !isElement(node)) return undefined;
  const withId = findElement(node, (inner) => readAttribute(inner, 'id') !== undefined);
  return readAttribute(node, 'id') ?? readAttribute(withId, 'id');
}

/** A heading that folds its section is a button all over. */
function openButton(node: HtmlNode): readonly HtmlNode[] {
  return isElement(node) && node.tagName === 'button' ? node.childNodes : [node];
}

/** What a control of the page unfolds is a part of it, hidden or not. */
function showFolded(root: HtmlNode): void {
  const controlled = new Set<string>();
  const visit = (node: HtmlNode, see: (element: HtmlElement) => void): void => {
    if (isElement(node)) see(node);
    for (const child of childrenOf(node)) visit(child, see);
  };
  visit(root, (element) => {
    for (const id of (readAttribute(element, 'aria-controls') ?? '').split(/\s+/)) controlled.add(id);
  });
  visit(root, (element) => {
    const isFolded =
      readAttribute(element, 'hidden') === 'until-found' || controlled.has(readAttribute(element, 'id') ?? '-');
    if (isFolded) element.attrs = element.attrs.filter(({ name }) => name !== 'hidden' && name !== 'aria-hidden');
  });
}

function toList(list: HtmlElement): string {
  const items = list.childNodes.filter(isElement).filter((node) => node.tagName === 'li' && !isSkipped(node));
  return items
    .map((item, index) => {
      const marker = list.tagName === 'ol' ? `${index + 1}. ` : '- ';
      const [first = '', ...rest] = toInnerBlocks(item);
      const more = rest.map((block) => `\n${prefixLines(block, ' '.repeat(marker.length))}`).join('');
      return first === '' ? '' : `${marker}${prefixLines(first, ' '.repeat(marker.length)).trimStart()}${more}`;
    })
    .filter((item) => item !== '')
    .join('\n');
}

function toTable(table: HtmlElement): string[] {
  const rows = findElements(table, 'tr').map((row) =>
    row.childNodes
      .filter(isElement)
      .filter((cell) => cell.tagName === 'td' || cell.tagName === 'th')
      .map((cell) => collapse(toInnerBlocks(cell).join(' ')).replaceAll('|', '\\|')),
  );
  const [head, ...body] = rows.filter((row) => row.length > 0);
  if (head === undefined) return [];
  const width = Math.max(...rows.map((row) => row.length));
  const toRow = (cells: string[]): string =>
    `| ${Array.from({ length: width }, (_, at) => cells[at] ?? '').join(' | ')} |`;
  return [[toRow(head), `|${' --- |'.repeat(width)}`, ...body.map(toRow)].join('\n')];
}

function toInlines(nodes: readonly HtmlNode[]): string {
  return nodes.map(toInline).join('');
}

function toInline(node: HtmlNode): string {
  if ('value' in node) return node.value.replace(/\s+/g, ' ').replace(/[\\`*_[\]<>]/g, '\\$&');
  if (!isElement(node) || isSkipped(node)) return '';
  const { tagName } = node;
  if (tagName === 'br') return lineBreak;
  if (tagName === 'code' || tagName === 'kbd' || tagName === 'samp') {
    const code = collapse(toRawText(node));
    return code === '' ? '' : `\`${code.replaceAll('`', "'")}\``;
  }
  const content = toInlines(node.childNodes);
  if (collapse(content) === '') return content;
  if (tagName === 'a') {
    const href = readAttribute(node, 'href');
    return href && !/^\s*javascript:/i.test(href)
      ? `[${collapse(content)}](${href.trim().replace(/[\s()<>]/g, encodeURIComponent)})`
      : content;
  }
  if (tagName === 'strong' || tagName === 'b') return `**${collapse(content)}**`;
  if (tagName === 'em' || tagName === 'i') return `*${collapse(content)}*`;
  return inline.has(tagName) ? content : ` ${content} `;
}

function isSkipped(element: HtmlElement): boolean {
  return (
    skipped.has(element.tagName) ||
    skippedRoles.has(readAttribute(element, 'role') ?? '') ||
    readAttribute(element, 'hidden') !== undefined ||
    readAttribute(element, 'aria-hidden') === 'true'
  );
}

function prefixLines(text: string, prefix: string): string {
  return text.replace(/^/gm, prefix);
}

function collapse(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
