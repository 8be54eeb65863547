import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { refuseDecorators } from './refuse-decorators.js';

const element = `
declare const customElement: (name: string) => ClassDecorator;
@customElement('planted-element')
export class PlantedElement extends HTMLElement {}
`;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nova-decorators-'));
  await writeFile(join(folder, 'element.ts'), element);
});
afterEach(() => rm(folder, { recursive: true }));

async function buildWith(compilerOptions: object): Promise<void> {
  const config = { compilerOptions: { target: 'ES2022', ...compilerOptions } };
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(config));
  await build({
    root: folder,
    configFile: false,
    logLevel: 'silent',
    plugins: [refuseDecorators()],
    build: { lib: { entry: 'element.ts', formats: ['es'], fileName: () => 'element.js' }, minify: false },
  });
}

it('stops a build that leaves standard decorators as they are', async () => {
  await expect(buildWith({})).rejects.toThrow('element.js has decorators');
});

it('lets a build pass that has lowered its decorators', async () => {
  await buildWith({ experimentalDecorators: true, useDefineForClassFields: false });
});
