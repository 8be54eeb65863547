import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const run = promisify(execFile);

/** Makes so much that outlives a collection that V8 gives it more and more room; says how much there was at most, in MB. */
const work = `
  import { setImmediate as pause } from 'node:timers/promises';
  import { getHeapSpaceStatistics } from 'node:v8';
  const recent = [];
  let mostBytes = 0;
  for (let round = 0; round < 1000; round += 1) {
    recent[round % 70] = Array.from({ length: 3000 }, () => ({ text: new Array(20).fill(round) }));
    await pause();
    const young = getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space');
    mostBytes = Math.max(mostBytes, young.space_size);
  }
  console.log(mostBytes / 1024 / 1024);`;

async function measureMb(before: string): Promise<number> {
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', before + work]);
  return Number(stdout);
}

it('keeps the room of a busy process for what dies young at 32 MB', { timeout: 60_000 }, async () => {
  const file = JSON.stringify(join(import.meta.dirname, 'limit-young-generation.ts'));
  const limit = `import { limitYoungGeneration } from ${file}; limitYoungGeneration();`;
  const [limited, free] = await Promise.all([measureMb(limit), measureMb('')]);
  expect(limited).toBeLessThanOrEqual(32);
  expect(free).toBeGreaterThan(32);
});
