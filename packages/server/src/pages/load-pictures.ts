import { readFile, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { listFiles } from '../content/list-files.js';
import { toSiteContentError } from '../content/site-content-error.js';
import { type StaticFile, type StaticFiles, toFileType, toStaticFile } from '../http/static-files.js';

/** Options of `loadPictures`. */
export interface LoadPicturesOptions {
  /** Where the pages are. */
  folder: string;
  /** Told of the pictures that `maxBytes` leaves no room for. Default: nothing happens. */
  onLeftOut?: (paths: readonly string[]) => void;
  /** Of all pictures together: they stay in memory. Default 64 MiB. */
  maxBytes?: number;
}

/**
 * Reads the pictures that stand among the pages of a site, by the rules by which `loadContent` reads the pages. Rejects
 * with a `SiteContentError` about one that cannot be read.
 */
export async function loadPictures(options: LoadPicturesOptions): Promise<StaticFiles> {
  const { folder, onLeftOut = () => {}, maxBytes = 67_108_864 } = options;
  const pictures = new Map<string, StaticFile>();
  const leftOut: string[] = [];
  let room = maxBytes;
  try {
    const root = await realpath(folder);
    for await (const path of listFiles(root)) {
      const type = toFileType(path);
      if (!type?.startsWith('image/')) continue;
      const file = join(root, path);
      const { size } = await stat(file);
      if (size > room) {
        leftOut.push(path);
        continue;
      }
      room -= size;
      pictures.set(path, await toStaticFile(await readFile(file), type));
    }
  } catch (error) {
    throw toSiteContentError(error, folder);
  }
  if (leftOut.length > 0) onLeftOut(leftOut);
  return pictures;
}
