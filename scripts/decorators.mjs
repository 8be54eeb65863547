// A build that leaves decorators in its output reports success, and no browser can parse the result.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = process.argv[2] ?? 'packages/widget/dist';
const files = globSync('**/*.js', { cwd: folder });
if (files.length === 0) fail(`no built file in ${folder}`);
const raw = files.filter((file) =>
  /@(?:customElement|property|state|query)\(/.test(readFileSync(join(folder, file), 'utf8')),
);
if (raw.length > 0) fail(`decorators left in ${raw.join(', ')}`);

/** @param {string} reason */
function fail(reason) {
  console.error(`decorators: ${reason}`);
  process.exit(1);
}
