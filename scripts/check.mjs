// `npm run check`: every static check, one line a step; a failing step shows its whole output.
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';

/** @typedef {{ name: string, command: string[], shown?: true }} Step `shown`: its output is worth reading when green. */

/** They read sources only. @type {Step[]} */
const onSources = [
  { name: 'format, lint, boundaries', command: ['biome', 'ci', '--colors=off', '--max-diagnostics=200', '.'] },
  { name: 'types', command: ['node', 'scripts/typecheck.mjs'] },
  { name: 'dead code', command: ['knip', '--no-progress'] },
  { name: 'API reference', command: ['node', 'scripts/api-docs.mjs', '--check'] },
  { name: 'lock file', command: ['npm', 'ci', '--dry-run', '--ignore-scripts', '--loglevel=error'] },
];

/** @type {Step[]} */
const build = [{ name: 'build', command: ['npm', 'run', '-s', 'build'] }];

/** They read what the build made. @type {Step[]} */
const onBuild = [
  ...['client', 'widget', 'server'].flatMap((name) => [
    { name: `${name}: publint`, command: ['publint', '--strict', `packages/${name}`] },
    {
      name: `${name}: types of every door`,
      // The script-tag build is for pages without modules and has no types.
      command: ['attw', '--pack', `packages/${name}`, '--profile', 'esm-only', '--exclude-entrypoints', 'embed.js'],
    },
  ]),
  { name: 'sizes', command: ['node', 'scripts/sizes.mjs'], shown: true },
];

const failed = [];
for (const group of [[...onSources, ...build], onBuild]) await inParallel(group);
if (failed.length > 0) {
  console.error(`check: failed at ${failed.join('; ')}`);
  process.exitCode = 1;
}

/** @param {Step[]} steps */
async function inParallel(steps) {
  const waiting = [...steps];
  const work = async () => {
    for (let step = waiting.shift(); step; step = waiting.shift()) await report(step);
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
}

/** @param {Step} step */
async function report(step) {
  const startedAt = performance.now();
  const { code, output } = await run(step.command);
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(`${code === 0 ? 'ok  ' : 'FAIL'} ${step.name} (${seconds} s)`);
  if (code !== 0) failed.push(step.name);
  if (code !== 0 || step.shown) console.log(output.trimEnd());
}

/** @param {string[]} command */
function run([name, ...parameters]) {
  return new Promise((resolve) => {
    const child = spawn(name, parameters, { stdio: ['ignore', 'pipe', 'pipe'] });
    const chunks = [];
    child.stdout.on('data', (chunk) => chunks.push(chunk));
    child.stderr.on('data', (chunk) => chunks.push(chunk));
    child.on('error', (error) => resolve({ code: 1, output: String(error) }));
    child.on('close', (code) => resolve({ code, output: Buffer.concat(chunks).toString() }));
  });
}
