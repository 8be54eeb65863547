import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';

/** A TypeScript file that runs as a process of its own. */
export interface RunningScript {
  /** As by `kill -9`; resolves when it is gone. */
  kill(): Promise<void>;
  /** What it has printed so far. */
  output(): string;
}

/** Bundles a file, packages left outside, and runs it; resolves when it has printed `ready`. */
export async function startScript(file: string, parameter: string, ready: string): Promise<RunningScript> {
  // Inside the repository, so that the bundle finds its packages.
  const cache = join(import.meta.dirname, '../../node_modules/.cache');
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, 'nova-script-'));
  const outfile = join(folder, 'script.mjs');
  await build({ entryPoints: [file], outfile, bundle: true, platform: 'node', format: 'esm', packages: 'external' });
  const child = spawn(process.execPath, [outfile, parameter], { stdio: ['ignore', 'pipe', 'inherit'] });
  const closed = once(child, 'close');
  let output = '';
  await new Promise<void>((resolve, reject) => {
    child.once('close', () => reject(new Error(`the script ended before it printed "${ready}"`)));
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes(ready)) resolve();
    });
  });
  return {
    output: () => output,
    async kill() {
      child.kill('SIGKILL');
      await closed;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
