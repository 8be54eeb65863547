// Every TypeScript project of the repository; the headless one has no DOM library, so that a DOM type fails in it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';

const projects = [
  'packages/client',
  'packages/client/tsconfig.headless.json',
  'packages/widget',
  'packages/server',
  '.',
];
const codes = await Promise.all(
  projects.map(async (project) => {
    const tsc = spawn('node', ['node_modules/typescript/bin/tsc', '-p', project], { stdio: 'inherit' });
    const [code] = await once(tsc, 'close');
    return code;
  }),
);
const failed = projects.filter((_, index) => codes[index] !== 0);
if (failed.length > 0) {
  console.error(`typecheck: failed in ${failed.join(', ')}`);
  process.exit(1);
}
