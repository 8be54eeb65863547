import { cp, readFile, writeFile } from 'node:fs/promises';
import { defineConfig } from 'tsup';

const root = new URL('../../', import.meta.url);
const dist = new URL('./dist/', import.meta.url);

/** The demo page, and the project's own docs as the content of the demo bot. */
async function copyFiles(): Promise<void> {
  await cp(new URL('./demo/', import.meta.url), new URL('demo/', dist), { recursive: true });
  await cp(new URL('docs/', root), new URL('content/', dist), {
    recursive: true,
    // A visitor asks about the product; the reference and the decisions would answer with signatures and history.
    filter: (path) => !/docs[\\/](?:api|decisions)\b/.test(path),
  });
  // The readme stands beside the other pages here, and not above them.
  const readme = await readFile(new URL('README.md', root), 'utf8');
  await writeFile(new URL('content/readme.md', dist), readme.replaceAll('](docs/', ']('));
}

const config: ReturnType<typeof defineConfig> = defineConfig({
  entry: ['src/index.ts', 'src/main.ts'],
  format: ['esm'],
  platform: 'node',
  target: 'node22',
  dts: { entry: ['src/index.ts'] },
  // main and index share chunks; paths beside the built files are the same from each.
  splitting: true,
  clean: true,
  sourcemap: true,
  onSuccess: copyFiles,
});
export default config;
