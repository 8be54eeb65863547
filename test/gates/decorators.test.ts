import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { afterAll, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const tree = mkdtempSync(join(tmpdir(), 'nova-decorators-'));
afterAll(() => rmSync(tree, { recursive: true, force: true }));

const element = `
declare const customElement: (name: string) => ClassDecorator;
@customElement('planted-element')
export class PlantedElement extends HTMLElement {}
`;

it.each([
  ['standard decorators, which the build leaves as they are', {}, 1],
  ['legacy decorators, which the build lowers', { experimentalDecorators: true, useDefineForClassFields: false }, 0],
])('with %s', async (name, compilerOptions, status) => {
  const folder = join(tree, name.split(' ')[0] ?? '');
  mkdirSync(folder);
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({ compilerOptions: { target: 'ES2022', ...compilerOptions } }),
  );
  writeFileSync(join(folder, 'element.ts'), element);
  await build({
    root: folder,
    configFile: false,
    logLevel: 'silent',
    build: { lib: { entry: 'element.ts', formats: ['es'], fileName: () => 'element.js' }, minify: false },
  });
  const gate = spawnSync(process.execPath, [join(root, 'scripts/decorators.mjs'), join(folder, 'dist')], {
    encoding: 'utf8',
  });
  expect(gate.status, gate.stderr).toBe(status);
  if (status !== 0) expect(gate.stderr).toContain('decorators left in element.js');
});

it('with no built file at all', () => {
  const gate = spawnSync(process.execPath, [join(root, 'scripts/decorators.mjs'), join(tree, 'none')], {
    encoding: 'utf8',
  });
  expect(gate.status).not.toBe(0);
});
