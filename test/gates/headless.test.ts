import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
let tree: string;
beforeAll(() => {
  tree = mkdtempSync(join(tmpdir(), 'nova-headless-'));
  cpSync(join(root, 'tsconfig.base.json'), join(tree, 'tsconfig.base.json'));
  cpSync(join(root, 'packages/client/tsconfig.headless.json'), join(tree, 'packages/client/tsconfig.headless.json'));
});
afterAll(() => rmSync(tree, { recursive: true, force: true }));

it.each(['protocol', 'conversation'])('a DOM type in %s does not compile', (room) => {
  const folder = join(tree, 'packages/client/src', room);
  mkdirSync(folder, { recursive: true });
  const planted = join(folder, 'planted.ts');
  writeFileSync(planted, 'export const title = (): string => document.title;\n');
  const red = compile();
  writeFileSync(planted, 'export const title = (): string => String(globalThis);\n');
  const green = compile();
  expect(red.status).not.toBe(0);
  expect(red.stdout).toContain(`Cannot find name 'document'`);
  expect(green).toMatchObject({ status: 0, stdout: '' });
});

function compile(): { status: number | null; stdout: string } {
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const project = join(tree, 'packages/client/tsconfig.headless.json');
  const { status, stdout } = spawnSync(process.execPath, [tsc, '-p', project], { encoding: 'utf8' });
  return { status, stdout };
}
