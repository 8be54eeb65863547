import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { hashFolder } from './hash-folder.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nova-hash-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** Builds a core and a late part of it. Gives the names of what is in the folder of the build, and in each of these. */
async function buildOf(late: string): Promise<Record<string, string[]>> {
  await writeFile(join(folder, 'core.js'), `export const start = () => import('./late.js');`);
  await writeFile(join(folder, 'late.js'), late);
  await build({
    root: folder,
    configFile: false,
    logLevel: 'silent',
    plugins: [hashFolder('parts')],
    build: {
      lib: { entry: 'core.js', formats: ['es'], fileName: () => 'parts/core.js' },
      rolldownOptions: { output: { chunkFileNames: 'parts/[name].js' } },
    },
  });
  const names = await readdir(join(folder, 'dist'));
  const files = names.map(async (name) => [name, (await readdir(join(folder, 'dist', name))).sort()]);
  return Object.fromEntries(await Promise.all(files));
}

it('names the folder anew when any file in it has changed, and only then', async () => {
  const [one, again, other] = [
    await buildOf('export const x = 1;'),
    await buildOf('export const x = 1;'),
    await buildOf('export const x = 2;'),
  ];
  const [name] = Object.keys(one);
  expect(one).toEqual({ [String(name)]: ['core.js', 'late.js'] });
  expect(name).toMatch(/^[0-9a-f]{6}$/);
  expect(again).toEqual(one);
  expect(Object.keys(other)).toHaveLength(1);
  expect(Object.keys(other)).not.toEqual([name]);
});
