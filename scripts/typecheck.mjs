// Every TypeScript project of the repository; the headless one has no DOM library, so that a DOM type fails in it.
import { spawnSync } from 'node:child_process';

const projects = [
  'packages/client',
  'packages/client/tsconfig.headless.json',
  'packages/widget',
  'packages/server',
  '.',
];
const failed = projects.filter(
  (project) => spawnSync('npx', ['--no-install', 'tsc', '-p', project], { stdio: 'inherit' }).status !== 0,
);
if (failed.length > 0) {
  console.error(`typecheck: failed in ${failed.join(', ')}`);
  process.exit(1);
}
