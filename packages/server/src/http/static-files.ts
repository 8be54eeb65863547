import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Context } from 'hono';
import { ApiError } from '../errors/api-error.js';
import { addVary, setHeader } from './answer-headers.js';
import type { AppEnv } from './app-env.js';
import { takesGzip } from './takes-gzip.js';

const compress = promisify(gzip);

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};
const compressible = /^(?:text\/|application\/json|image\/svg)/;

/** A file in memory, ready to be sent; `gzipped` of texts above 1 KiB. */
export interface StaticFile {
  body: Uint8Array<ArrayBuffer>;
  gzipped: Uint8Array<ArrayBuffer> | undefined;
  type: string;
  etag: string;
}

/** Files by their path below the folder, with `/`. A name that is not in here cannot be asked for. */
export type StaticFiles = ReadonlyMap<string, StaticFile>;

/**
 * Reads the files of a folder into memory, those of known types; a folder that is missing has none. All of it is
 * published: for pictures among pages there is `loadPictures`.
 */
export async function loadStaticFiles(folder: string): Promise<StaticFiles> {
  const files = new Map<string, StaticFile>();
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    },
  );
  for (const entry of entries) {
    const type = toFileType(entry.name);
    if (!entry.isFile() || type === undefined) continue;
    const path = join(entry.parentPath, entry.name);
    files.set(relative(folder, path).split(sep).join('/'), await toStaticFile(await readFile(path), type));
  }
  return files;
}

/** Gives the media type of a file that can be served, by its name. */
export function toFileType(name: string): string | undefined {
  return types[extname(name).toLowerCase()];
}

/** Prepares a file that is held in memory. */
export async function toStaticFile(bytes: Uint8Array, type: string): Promise<StaticFile> {
  const body = new Uint8Array(bytes);
  return {
    body,
    gzipped: compressible.test(type) && body.length > 1024 ? new Uint8Array(await compress(body)) : undefined,
    type,
    etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`,
  };
}

/** Answers with a file, or with 304 when the caller has it. Throws a 404 `ApiError` when there is none. */
export function toFileResponse(context: Context<AppEnv>, file: StaticFile | undefined, cacheControl: string): Response {
  if (!file) throw new ApiError({ status: 404, code: 'not_found', message: 'There is no such file.' });
  setHeader(context, 'cache-control', cacheControl);
  setHeader(context, 'etag', file.etag);
  setHeader(context, 'x-content-type-options', 'nosniff');
  if (file.gzipped) addVary(context, 'Accept-Encoding');
  const known = context.req.header('if-none-match');
  if (known?.split(',').some((etag) => etag.trim().replace(/^W\//, '') === file.etag)) return context.body(null, 304);
  // The adapter takes an answer that does not say its type for plain text.
  context.header('content-type', file.type);
  const zipped = file.gzipped && takesGzip(context.req.header('accept-encoding'));
  if (zipped) setHeader(context, 'content-encoding', 'gzip');
  return context.body(zipped && file.gzipped ? file.gzipped : file.body);
}
