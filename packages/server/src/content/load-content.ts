import { isUtf8 } from 'node:buffer';
import { readFile, realpath, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { listFiles } from './list-files.js';
import type { ContentFormat, SiteContent, SiteDocument } from './site-content.js';
import { SiteContentError, toSiteContentError } from './site-content-error.js';
import { toDocument } from './to-document.js';

export type { SiteContent, SiteDocument } from './site-content.js';
export { SiteContentError } from './site-content-error.js';

/** Options of `loadContent`. */
export interface LoadContentOptions {
  /** Holds Markdown, HTML and text, in folders of any depth. */
  folder: string;
  /** What the links to the pages begin with, absolute or from the root of the site: `https://example.com/docs/`, `/`. */
  baseUrl: string;
  /** Largest file that is read. Default 1 MiB. */
  maxFileBytes?: number;
  /** Most files that are read. Default 5,000. */
  maxFiles?: number;
}

const formats: ReadonlyMap<string, ContentFormat> = new Map([
  ['.md', 'markdown'],
  ['.markdown', 'markdown'],
  ['.mdx', 'markdown'],
  ['.html', 'html'],
  ['.htm', 'html'],
  ['.txt', 'text'],
]);

/**
 * Reads the pages of a site from a folder. Hidden files, `node_modules`, drafts (`draft: true`, `_name`, a `drafts`
 * folder) and links that lead out of the folder are left out. Rejects with a `SiteContentError` that names
 * `SITE_CONTENT` when the folder is missing, holds no page, or exceeds a limit.
 */
export async function loadContent(options: LoadContentOptions): Promise<SiteContent> {
  const root = await openFolder(options.folder);
  try {
    return await readPages(root, options);
  } catch (error) {
    throw toSiteContentError(error, options.folder);
  }
}

async function readPages(root: string, options: LoadContentOptions): Promise<SiteContent> {
  const { folder, maxFileBytes = 1_048_576, maxFiles = 5_000 } = options;
  const paths: string[] = [];
  for await (const path of listFiles(root)) {
    if (!formats.has(extname(path).toLowerCase())) continue;
    paths.push(path);
    if (paths.length > maxFiles)
      throw new SiteContentError(
        `SITE_CONTENT: ${folder} holds more than ${maxFiles} pages; point it at a smaller folder.`,
      );
  }
  const documents: SiteDocument[] = [];
  for (const path of paths.sort()) {
    const file = join(root, path);
    const { size } = await stat(file);
    if (size > maxFileBytes)
      throw new SiteContentError(
        `SITE_CONTENT: ${path} has ${size} bytes, more than the ${maxFileBytes} that a page may have; split it or move it out of ${folder}.`,
      );
    const format = formats.get(extname(path).toLowerCase()) ?? 'text';
    const bytes = await readFile(file);
    // Plain words in UTF-16 are UTF-8 too, with a zero beside each letter.
    if (!isUtf8(bytes) || bytes.includes(0))
      throw new SiteContentError(`SITE_CONTENT: ${path} is not UTF-8; save it as UTF-8 or move it out of ${folder}.`);
    const document = readPage({ path, format, text: bytes.toString(), baseUrl: options.baseUrl }, folder);
    if (document) documents.push(document);
  }
  if (documents.length === 0 && paths.length > 0)
    throw new SiteContentError(
      `SITE_CONTENT: ${folder} holds only drafts and empty pages; publish one, or point it at the folder of your site's content.`,
    );
  if (documents.length === 0)
    throw new SiteContentError(
      `SITE_CONTENT: ${folder} holds no .md, .html or .txt page; point it at the folder of your site's content, e.g. SITE_CONTENT=./docs`,
    );
  return { documents };
}

function readPage(file: Parameters<typeof toDocument>[0], folder: string): SiteDocument | undefined {
  try {
    return toDocument(file);
  } catch (cause) {
    // The parsers call themselves for what stands within something, and the stack has an end.
    if (!(cause instanceof RangeError)) throw cause;
    throw new SiteContentError(
      `SITE_CONTENT: ${file.path} is nested too deeply to be read; close its tags or move it out of ${folder}.`,
      { cause },
    );
  }
}

async function openFolder(folder: string): Promise<string> {
  const root = await realpath(folder).catch(() => undefined);
  if (root === undefined || !(await stat(root)).isDirectory())
    throw new SiteContentError(
      `SITE_CONTENT: ${folder} is not a folder that can be read; give an existing one, e.g. SITE_CONTENT=./docs`,
    );
  return root;
}
