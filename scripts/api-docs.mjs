// Writes the API reference of the client from its doc comments into docs/api; with --check, fails when it is not current.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const committed = 'docs/api';
const check = process.argv.includes('--check');
const folder = check ? mkdtempSync(join(tmpdir(), 'nova-api-')) : committed;
const { status, stdout, stderr } = spawnSync(
  'npx',
  ['--no-install', 'typedoc', '--logLevel', 'Warn', '--out', folder],
  {
    encoding: 'utf8',
  },
);
if (status !== 0) {
  console.error(stdout + stderr);
  process.exit(1);
}
if (check) {
  const read = (from) => readdirSync(from).map((name) => `${name}\n${readFileSync(join(from, name), 'utf8')}`);
  const isCurrent = read(folder).join('\n') === read(committed).join('\n');
  rmSync(folder, { recursive: true });
  if (!isCurrent) {
    console.error('docs/api does not say what the doc comments say. Run `npm run docs` and commit it.');
    process.exit(1);
  }
}
