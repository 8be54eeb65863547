import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const trees: string[] = [];
afterAll(() => {
  for (const tree of trees) rmSync(tree, { recursive: true, force: true });
});

interface Build {
  /** Bytes of noise, which gzip cannot make smaller, in each file. */
  loader?: number;
  chat?: number;
  /** Imported by the chat. */
  part?: number;
  page?: number;
  smallestPage?: number;
  protocol?: number;
  pageImports?: string;
}

it('is green for small builds', () => {
  const { status, stdout, stderr } = measure({});
  expect(stderr).toBe('');
  expect(stdout).not.toContain('OVER');
  expect(status).toBe(0);
});

it.each<[name: string, build: Build, row: RegExp]>([
  ['a fat loader', { loader: 3_100 }, /embed\.js.* OVER/],
  ['a loader that is fat only in brotli', { loader: 2_600 }, /embed\.js.* OVER/],
  ['a loader over the budget of the bubble', { loader: 10_300 }, /until the bubble.* OVER/],
  ['a bubble that is fat only in brotli', { loader: 9_300 }, /until the bubble.* OVER/],
  ['a fat chat', { chat: 46_100 }, /first answer.* OVER/],
  ['a chat that is fat only in brotli', { chat: 41_000 }, /first answer.* OVER/],
  ['a fat part that the chat imports', { part: 46_100 }, /first answer.* OVER/],
  ['a fat client', { page: 16_500 }, /a page that streams.* OVER/],
  ['a fat chat of the client', { smallestPage: 12_900 }, /the same with createChat.* OVER/],
  ['a fat protocol', { protocol: 1_600 }, /protocol alone.* OVER/],
])('is red for %s', (_, build, row) => {
  const { status, stdout } = measure(build);
  expect(stdout).toMatch(row);
  expect(status).not.toBe(0);
});

it('is red when the HTTP library of Node gets into a page', () => {
  const { status, stderr } = measure({ pageImports: `export * from 'undici';\n` });
  expect(stderr).toContain(`undici is in the browser's graph`);
  expect(status).not.toBe(0);
});

it('is red when nothing is built', () => {
  const { status, stderr } = run(mkTree());
  expect(stderr).toContain('is not built');
  expect(status).not.toBe(0);
});

function measure(build: Build): { status: number | null; stdout: string; stderr: string } {
  const tree = mkTree();
  const embed = join(tree, 'packages/widget/dist/embed');
  const client = join(tree, 'node_modules/@nova-chat/client');
  const undici = join(tree, 'node_modules/undici');
  for (const folder of [embed, client, undici]) mkdirSync(folder, { recursive: true });
  writeFileSync(join(embed, 'embed.js'), `import('./chat.js');${noise(build.loader)}`);
  writeFileSync(join(embed, 'chat.js'), `import './part.js';import('./feature.js');${noise(build.chat)}`);
  writeFileSync(join(embed, 'part.js'), noise(build.part));
  writeFileSync(join(embed, 'feature.js'), noise(90_000));
  const exports = { '.': './index.js', './protocol': './protocol.js' };
  writeFileSync(join(client, 'package.json'), JSON.stringify({ name: '@nova-chat/client', type: 'module', exports }));
  writeFileSync(
    join(client, 'index.js'),
    `${build.pageImports ?? ''}export const createClient = () => ${noise(build.page)};
    export const createChat = () => ${noise(build.smallestPage)};`,
  );
  writeFileSync(join(client, 'protocol.js'), `export const words = ${noise(build.protocol)};`);
  writeFileSync(join(undici, 'index.js'), 'export const Agent = 1;');
  return run(tree);
}

function mkTree(): string {
  const tree = mkdtempSync(join(tmpdir(), 'nova-sizes-'));
  trees.push(tree);
  return tree;
}

function run(tree: string): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [join(root, 'scripts/sizes.mjs'), '--root', tree], { encoding: 'utf8' });
}

/** Text that gzip cannot make smaller than its bytes. */
function noise(bytes = 10): string {
  return JSON.stringify(randomBytes(bytes).toString('hex'));
}
