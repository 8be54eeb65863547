/** Gives the way from the page at `path` to `/`: `./` from `/a`, `../` from `/a/b`. */
export function toRoot(path: string): string {
  return '../'.repeat(path.split('/').length - 2) || './';
}
