import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SiteContentError } from '../content/load-content.js';
import { loadPictures } from './load-pictures.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nova-pictures-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function write(paths: readonly string[], text = 'x'): Promise<void> {
  for (const path of paths) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}

describe('loadPictures', () => {
  it('reads pictures only, and none of what is left out of the pages', async () => {
    const outside = await mkdtemp(join(tmpdir(), 'nova-outside-'));
    await writeFile(join(outside, 'secret.png'), 'x');
    await write(['a.PNG', 'sub/b.svg', 'c.js', 'd.json', 'e.html', 'f.md', 'g.woff2']);
    await write(['.h.png', '_i.png', 'drafts/j.png', 'node_modules/k/l.png', '.git/m.png']);
    await symlink(join(outside, 'secret.png'), join(folder, 'secret.png'));
    const pictures = await loadPictures({ folder });
    expect([...pictures].map(([path, { type }]) => [path, type]).sort()).toEqual([
      ['a.PNG', 'image/png'],
      ['sub/b.svg', 'image/svg+xml'],
    ]);
    await rm(outside, { recursive: true });
  });

  it('holds no more than its limit in memory, and says what it leaves out', async () => {
    await write(['a.png'], 'xxxx');
    await write(['b.png'], 'xxxxxx');
    await write(['c.png', 'd.png'], 'xx');
    const told: (readonly string[])[] = [];
    const pictures = await loadPictures({ folder, maxBytes: 8, onLeftOut: (paths) => told.push(paths) });
    const kept = [...pictures.values()].reduce((bytes, { body }) => bytes + body.length, 0);
    expect(kept).toBeLessThanOrEqual(8);
    expect([...pictures.keys(), ...told.flat()].sort()).toEqual(['a.png', 'b.png', 'c.png', 'd.png']);
    expect(told).toHaveLength(1);
  });

  // Root may read everything.
  it.skipIf(process.getuid?.() === 0)('names a picture that this user may not read', async () => {
    await write(['a.png']);
    await chmod(join(folder, 'a.png'), 0);
    const loading = loadPictures({ folder });
    await expect(loading).rejects.toThrow(/^SITE_CONTENT: .*a\.png cannot be read \(EACCES\);/);
    await expect(loading).rejects.toBeInstanceOf(SiteContentError);
  });
});
