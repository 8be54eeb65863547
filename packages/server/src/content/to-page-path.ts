import { posix } from 'node:path';

/** Gives the path at which a page is read: `guide/` for `guide/Index.md`, `readme` for `README.md`. Not encoded. */
export function toPagePath(path: string): string {
  const { dir, name } = posix.parse(path);
  const lower = name.toLowerCase();
  const page = lower === 'index' ? '' : lower === 'readme' ? lower : name;
  return [...dir.split('/').filter((part) => part !== ''), page].join('/');
}
