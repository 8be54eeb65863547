import { createHash } from 'node:crypto';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plugin } from 'vite';

/**
 * Names the folder `folder` of a build after the hash of all that is in it, so that its files can be kept for ever. One
 * hash for all: a file names many others, and nothing makes a hash shorter on its way.
 */
export function hashFolder(folder: string): Plugin {
  return {
    name: 'nova-hash-folder',
    async writeBundle({ dir = '' }, bundle) {
      const hash = createHash('sha256');
      for (const [name, file] of Object.entries(bundle).sort(([a], [b]) => (a < b ? -1 : 1)))
        hash.update(`${name}\n`).update(file.type === 'chunk' ? file.code : file.source);
      await rename(join(dir, folder), join(dir, hash.digest('hex').slice(0, 6)));
    },
  };
}
