import { existsSync, globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import clientBuilds from '../../packages/client/tsup.config.js';

const read = (file: string): string => readFileSync(file, 'utf8');

describe.each(['client', 'widget', 'server'])('the package %s', (name) => {
  const folder = `packages/${name}`;
  const { files } = JSON.parse(read(`${folder}/package.json`)) as { files: string[] };

  it('carries the licence, and says what it is', () => {
    expect(read(`${folder}/LICENSE`)).toBe(read('LICENSE'));
    expect(read(`${folder}/README.md`)).toContain(`# @nova-chat/${name}\n`);
  });

  it('has every file that it names', () => {
    // The build writes this one.
    for (const file of files.filter((one) => one !== 'dist')) expect(existsSync(`${folder}/${file}`)).toBe(true);
  });
});

it('no build of the client takes away what another one beside it has written', () => {
  const builds = [clientBuilds].flat() as { clean?: unknown }[];
  expect(builds.length).toBeGreaterThan(1);
  expect(builds.filter(({ clean }) => clean)).toEqual([]);
});

describe('the manifest of the custom elements', () => {
  const { modules } = JSON.parse(read('packages/widget/custom-elements.json')) as {
    modules: { path: string; declarations: { tagName?: string; attributes?: object[]; events?: object[] }[] }[];
  };

  it('tells of <nova-chat>, and of nothing that no page can use', () => {
    const chat = modules.flatMap(({ declarations }) => declarations).find(({ tagName }) => tagName === 'nova-chat');
    expect(chat?.attributes?.length).toBeGreaterThan(20);
    expect(chat?.events?.length).toBeGreaterThan(10);
    expect(
      modules.filter(({ path }) => !/^src\/(?:define\.ts|nova-chat\/)/.test(path)).map(({ path }) => path),
    ).toEqual([]);
  });
});

describe('the licences of what the script-tag build holds', () => {
  const { dependencies } = JSON.parse(read('packages/widget/package.json')) as { dependencies: Record<string, string> };
  // React's adapter is in no page of the script tag.
  const held = Object.keys(dependencies).filter((name) => !/^@nova-chat\/|^@lit\/react$/.test(name));

  it.each([...held, 'p-retry', 'eventsource-parser'])('name %s', (library) => {
    const licences = read('packages/widget/third-party-licenses.txt');
    expect(licences).toMatch(new RegExp(`^${library}\\n-+\\n[\\s\\S]{0,400}Copyright`, 'm'));
  });
});

it('the licences of the client name what its build for pages holds', () => {
  const sources = globSync('packages/client/dist/browser/*.map').flatMap(
    (file) => (JSON.parse(read(file)) as { sources: string[] }).sources,
  );
  const held = new Set(sources.flatMap((source) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(source)?.[1] ?? []));
  const licences = read('packages/client/third-party-licenses.txt');
  const [, said = ''] = /^dist\/browser.*?: (.*)\.$/m.exec(licences) ?? [];
  expect([...held].toSorted()).toEqual(said.split(' and ').toSorted());
  for (const library of held) expect(licences).toMatch(new RegExp(`^${library}\\n-+\\n[\\s\\S]{0,400}Copyright`, 'm'));
});
