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
  const [, section = ''] = (byPath.get('docs/architecture.md') ?? '').split('## Who may import what');
  const [diagram = ''] = /^```[\s\S]*?^```$/m.exec(section) ?? [];
  const listFolders = (path: string): string[] =>
    readdirSync(path, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && entry.name !== 'testing')
      .map(({ name }) => name);

  it.each(listFolders('packages/server/src'))('names the room %s of the server', (room) => {
    expect(section).toContain(room);
  });

  it.each([
    ...listFolders('packages/server/src/providers').filter((name) => name !== 'shared'),
    ...['routing', 'redis', 'chat/resume', 'pages', 'observe', 'config'],
  ])('shows %s in its diagram', (name) => expect(diagram).toContain(name));
});

describe('CONTRIBUTING.md', () => {
  it('stays under 100 lines', () => {
    expect((byPath.get('CONTRIBUTING.md') ?? '').split('\n').length).toBeLessThan(100);
  });
});
