import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readDocs } from '../support/read-docs.js';

const pages = readDocs();
const byPath = new Map(pages.map((page) => [page.path, page.text]));

const toAnchor = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\w\s-]/g, '')
    .trim()
    .replace(/\s/g, '-');

const links = pages.flatMap(({ path, text }) =>
  [...text.replace(/^```[\s\S]*?^```$/gm, '').matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^(?:https?|mailto):/.test(target))
    .map((target) => ({ path, target })),
);

describe('links between the documents', () => {
  it.each(links)('$path → $target', ({ path, target }) => {
    const [file = '', anchor] = target.split('#');
    const found = file === '' ? path : join(dirname(path), file);
    expect(existsSync(found)).toBe(true);
    if (anchor === undefined) return;
    const anchors = [...(byPath.get(found) ?? '').matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => toAnchor(heading));
    expect(anchors).toContain(anchor);
  });
});

describe('docs/architecture.md', () => {
  const page = byPath.get('docs/architecture.md') ?? '';
  const [, section = ''] = page.split('## Who may import what');
  const [diagram = ''] = /^```[\s\S]*?^```$/m.exec(section) ?? [];
  const listFolders = (path: string): string[] =>
    readdirSync(path, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && entry.name !== 'testing')
      .map(({ name }) => name);

  it.each(listFolders('packages/server/src'))('names the module %s of the server', (module) => {
    expect(section).toContain(module);
  });

  it.each([
    ...listFolders('packages/server/src/providers').filter((name) => name !== 'shared'),
    ...['routing', 'redis', 'chat/resume', 'pages', 'observe', 'config'],
  ])('shows %s in its diagram', (name) => expect(diagram).toContain(name));

  it.each([
    { heading: 'The modules of the widget', folder: 'packages/widget/src', column: 1, without: [] },
    { heading: 'The features of the widget', folder: 'packages/widget/src/features', column: 2, without: ['shared'] },
  ])('names each of $heading once', ({ heading, folder, column, without }) => {
    const [, own = ''] = page.split(`\n## ${heading}\n`);
    const rows = (own.split('\n## ')[0] ?? '').split('\n').filter((line) => line.startsWith('|'));
    const cells = rows.slice(2).map((row) => row.split('|')[column] ?? '');
    const named = cells.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name));
    const there = listFolders(folder).filter((name) => !without.some((other) => other === name));
    expect(named.toSorted()).toEqual(there.toSorted());
  });
});

describe('CONTRIBUTING.md', () => {
  it('stays under 100 lines', () => {
    expect((byPath.get('CONTRIBUTING.md') ?? '').split('\n').length).toBeLessThan(100);
  });
});
