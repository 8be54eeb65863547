import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Plugin } from 'vite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { minifyChunks } from './minify-chunks.js';
import { plainExports } from './plain-exports.js';

const core = `
import { count, step } from './counter.js';
export const start = async () => {
  step();
  const { more } = await import('./late.js');
  return [more(), count];
};
`;
const counter = 'export let count = 0;\nexport const step = () => { count += 1; };\n';
const late = `
import { count, step } from './counter.js';
export const more = () => { step(); step(); return count; };
`;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nova-exports-'));
  const files = { 'core.js': core, 'counter.js': counter, 'late.js': late };
  for (const [name, code] of Object.entries(files)) await writeFile(join(folder, name), code);
});
afterEach(() => rm(folder, { recursive: true }));

/** Builds as the script tag is built: what a late chunk shares with the core stays in it. Gives the core. */
async function buildWith(...plugins: Plugin[]): Promise<string> {
  await build({
    root: folder,
    configFile: false,
    logLevel: 'silent',
    plugins: [minifyChunks(), ...plugins],
    build: {
      target: 'es2022',
      lib: { entry: 'core.js', formats: ['es'], fileName: () => 'parts/core.mjs' },
      rolldownOptions: {
        preserveEntrySignatures: 'allow-extension',
        output: { minify: false, chunkFileNames: 'parts/[name].mjs' },
      },
    },
  });
  return readFile(join(folder, 'dist/parts/core.mjs'), 'utf8');
}

describe('what the core exports for its own chunks', () => {
  it('has the name there that it has inside, and is the same thing', async () => {
    const usual = await buildWith();
    expect(usual).toMatch(/export\{.*\bas \w[,}]/);
    const plain = await buildWith(plainExports());
    expect(plain).not.toMatch(/export\{.*\bas \w[,}]/);
    expect(plain.length).toBeLessThan(usual.length);
    const { start } = await import(/* @vite-ignore */ pathToFileURL(join(folder, 'dist/parts/core.mjs')).href);
    expect(await start()).toEqual([3, 3]);
  });

  it('keeps a name that is meant for others', async () => {
    const built = await buildWith(plainExports());
    expect(built).toMatch(/export\{.*\bas start[,}]/);
  });

  it('is not guessed at in a chunk that seems to import the core twice', async () => {
    await writeFile(join(folder, 'late.js'), `${late}globalThis.planted = '}from"./core.mjs"';\n`);
    await expect(buildWith(plainExports())).rejects.toThrow('parts/late.mjs imports the core twice');
  });
});
