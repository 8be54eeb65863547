// Runs a TypeScript file of test/ as a program: `node scripts/run-ts.mjs bench/truth`. It is bundled first; packages
// stay outside, so it sees the built ones by their public names.
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

const [name, ...parameters] = process.argv.slice(2);
const root = join(import.meta.dirname, '..');
const folder = join(root, 'node_modules/.cache/nova-run');
mkdirSync(folder, { recursive: true });
const outfile = join(folder, `${name.replace('/', '-')}.mjs`);
await build({
  entryPoints: [join(root, `test/${name}.ts`)],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node22',
  packages: 'external',
  logLevel: 'error',
});
const { status } = spawnSync('node', ['--expose-gc', outfile, ...parameters], { stdio: 'inherit', cwd: root });
process.exit(status ?? 1);
