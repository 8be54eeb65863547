import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCodeBlocks, readDocs } from '../support/read-docs.js';
import { type RunningServer, repositoryRoot, startServer } from '../support/start-server.js';

const documented = 'http://127.0.0.1:8787';
const pages = readDocs();
const scripts = pages
  .map((page) => ({ page: page.path, name: page.path.replace(/\W/g, '-'), code: toModule(readCodeBlocks(page, 'ts')) }))
  .filter(({ code }) => code !== '');
const commands = pages.flatMap((page) =>
  readCodeBlocks(page, 'sh')
    // An ellipsis stands for what only the reader has.
    .filter((code) => code.startsWith('curl') && !code.includes('…'))
    // It asks a provider that its own page has added, and a test of its own with it.
    .filter((code) => !code.includes('"groq/'))
    .map((code) => ({ page: page.path, code })),
);

// Inside the repository, so that package names resolve as they do where somebody has installed them.
mkdirSync(join(repositoryRoot, 'artifacts'), { recursive: true });
const folder = mkdtempSync(join(repositoryRoot, 'artifacts/docs-'));
let server: RunningServer;

beforeAll(async () => {
  server = await startServer();
  for (const { name, code } of scripts)
    writeFileSync(join(folder, `${name}.mts`), code.replaceAll(documented, server.url));
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({
      extends: '../../tsconfig.json',
      compilerOptions: { customConditions: [], types: ['node'] },
      include: ['*.mts'],
    }),
  );
});
afterAll(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('code in the documents', () => {
  it('compiles against the built packages', async () => {
    expect(await run('npx', ['--no-install', 'tsc', '-p', folder])).toMatchObject({ code: 0, output: '' });
  });

  // The widget's blocks need a browser; the end-to-end tests of the pages run them.
  it.each(scripts.filter(({ code }) => !code.includes('@nova-chat/widget')))('of $page runs', async ({ name }) => {
    const { code, output } = await run(process.execPath, [join(folder, `${name}.mts`)]);
    expect(code, output).toBe(0);
  });

  it.each(commands)('of $page for curl runs', async ({ code }) => {
    const { output, ...result } = await run('sh', ['-c', code.replaceAll(documented, server.url)]);
    expect(result.code, output).toBe(0);
    expect(output).toContain('[DONE]');
  });
});

/** The blocks of a page read as one program: an import may be repeated for the reader's sake. */
function toModule(blocks: string[]): string {
  const lines = blocks.join('\n').split('\n');
  return lines.filter((line, index) => !line.startsWith('import ') || lines.indexOf(line) === index).join('\n');
}

function run(command: string, parameters: string[]): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, parameters, { cwd: repositoryRoot, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const read = (chunk: Buffer): void => {
      output += chunk;
    };
    child.stdout.on('data', read);
    child.stderr.on('data', (chunk: Buffer) => {
      if (!chunk.includes('npm warn')) read(chunk);
    });
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output }));
  });
}
