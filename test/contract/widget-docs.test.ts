import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readDocs } from '../support/read-docs.js';

const page = readDocs().find(({ path }) => path === 'docs/widget.md')?.text ?? '';
const read = (file: string): string => readFileSync(`packages/widget/src/${file}`, 'utf8');
const element = read('nova-chat/nova-chat.ts');
const properties = read('nova-chat/nova-chat-properties.ts');
const commands = read('embed/run-command.ts');

/** First cells of the rows of all tables under a heading whose own first cell is `head`, by the names in them. */
function namesUnder(heading: string, head: string): string[] {
  const [, section = ''] = page.split(`\n## ${heading}\n`);
  const [own = ''] = section.split('\n## ');
  const [, table = ''] = own.split(`\n| ${head} |`);
  const rows = table.split('\n\n')[0]?.split('\n').slice(2) ?? [];
  return rows.flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`([^`]+)`/g)].map(([, name = '']) => name));
}

const tagged = (tag: string): string[] =>
  [...element.matchAll(new RegExp(`@${tag} (?:\\{\\w+\\} )?\\[?([\\w-]+)`, 'g'))].map(([, name = '']) => name);

/** The table of declarations: what a name is as an attribute, or that it is none. */
const declared = [...properties.matchAll(/^ {4}(\w+): \{(.*)\},$/gm)].map(([, name = '', options = '']) => ({
  name,
  isAttribute: !/attribute: false|state: true/.test(options),
  attribute: /attribute: '([\w-]+)'/.exec(options)?.[1] ?? name.toLowerCase(),
}));

/** Every part that the source gives an element; `message-${…}` says `message-`. */
function partsInSource(): string[] {
  const files = globSync('**/*.ts', { cwd: 'packages/widget/src' }).filter(
    (file) => !/\.(test|browser)\.ts$/.test(file),
  );
  const found = files.flatMap((file) => [
    ...read(file).matchAll(/\bpart="([^"]+)"|\bpart: '([\w-]+)'|(?:'part', |part\.add\()'([\w-]+)'/g),
  ]);
  const names = found.flatMap(([, ...values]) => (values.find(Boolean) ?? '').replace(/\$\{.*?\}/g, '').split(' '));
  return [...new Set(names)];
}

describe('docs/widget.md', () => {
  it.each<[string, string[], string[]]>([
    [
      'attributes',
      namesUnder('Attributes', 'attribute'),
      declared.filter(({ isAttribute }) => isAttribute).map(({ attribute }) => attribute),
    ],
    ['events', namesUnder('Events of the element', 'event'), tagged('fires')],
    ['parts', namesUnder('Parts and slots', 'part'), tagged('csspart')],
    ['slots', namesUnder('Parts and slots', 'slot'), tagged('slot')],
    ['CSS properties', namesUnder('Change the colours, font and size', 'property'), tagged('cssproperty')],
    [
      'methods',
      namesUnder('Methods of the element', 'method').map((name) => name.replace(/\(.*/, '')),
      [...element.matchAll(/^ {2}(\w+)\(.*\): (?:void|boolean) \{$/gm)]
        .map(([, name = '']) => name)
        .filter((name) => !/Callback$/.test(name)),
    ],
    [
      'commands',
      namesUnder('Control the chat from the page', 'call').map((name) => /'([\w-]+)'/.exec(name)?.[1] ?? name),
      ['show', 'hide', 'on', 'ready', ...[...commands.matchAll(/^ {2}\['(\w+)', /gm)].map(([, name = '']) => name)],
    ],
  ])('has all %s, each once', (_, documented, there) => {
    expect(there.length).toBeGreaterThan(3);
    expect(documented.toSorted()).toEqual(there.toSorted());
  });

  it('names every part that the source has, and no other', () => {
    const [, section = ''] = page.split('\n## Parts and slots\n');
    const [table = ''] = section.split('\n| slot |');
    const documented = [...table.matchAll(/`([\w-]+)`/g)].map(([, name = '']) => name);
    const parts = partsInSource();
    expect(parts.length).toBeGreaterThan(40);
    expect(
      parts.filter((part) => !documented.some((name) => (part.endsWith('-') ? name.startsWith(part) : name === part))),
    ).toEqual([]);
    const first = namesUnder('Parts and slots', 'part');
    expect(first.filter((name) => !parts.includes(name))).toEqual([]);
  });

  it('names every property that is no attribute', () => {
    const [, section = ''] = page.split('\n## Attributes\n');
    const [own = ''] = section.split('\n## ');
    const others = declared.filter(({ isAttribute, name }) => !isAttribute && name !== 'attached');
    for (const { name } of others) expect(own).toContain(`\`${name}\``);
  });
});
