import { readdir, realpath, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

/**
 * Lists the files of a folder that its owner means to publish, relative to it and with forward slashes: no hidden files,
 * no `node_modules`, no drafts (`_name`, a `drafts` folder), no links that lead out. `root` is a real path.
 */
export function listFiles(root: string): AsyncGenerator<string> {
  return walk(root, root);
}

async function* walk(start: string, root: string): AsyncGenerator<string> {
  const real = await realpath(start).catch(() => undefined);
  // A link inside the folder may serve as a page; one that leads out could publish anything on the machine.
  if (real === undefined || (real !== root && !real.startsWith(root + sep))) return;
  const entry = await stat(real);
  if (entry.isFile()) {
    yield relative(root, start).split(sep).join('/');
    return;
  }
  // A folder reached through a link is read where it stands; following would read it twice or never end.
  if (!entry.isDirectory() || real !== start) return;
  for (const name of await readdir(start)) if (!isLeftOut(name)) yield* walk(join(start, name), root);
}

function isLeftOut(name: string): boolean {
  return /^[._]/.test(name) || name === 'node_modules' || name === 'drafts';
}
