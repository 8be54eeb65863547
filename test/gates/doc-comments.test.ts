import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';

type Exports = Record<string, { 'nova-src'?: string } | string>;

/** The source of every door of every package. */
const doors = globSync('packages/*/package.json').flatMap((path) => {
  const { exports } = JSON.parse(readFileSync(path, 'utf8')) as { exports: Exports };
  return Object.values(exports).flatMap((door) =>
    typeof door === 'object' && door['nova-src'] ? [join(dirname(path), door['nova-src'])] : [],
  );
});

/** Names what can be imported from these files and has no doc comment. What another package gives has its own. */
function findUndocumented(files: string[]): string[] {
  const program = ts.createProgram(files, {
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    customConditions: ['nova-src'],
    experimentalDecorators: true,
    noLib: true,
    types: [],
  });
  const checker = program.getTypeChecker();
  const exported = files.flatMap((file) => {
    const source = program.getSourceFile(file);
    const module = source && checker.getSymbolAtLocation(source);
    return module ? checker.getExportsOfModule(module) : [];
  });
  const symbols = exported.map((symbol) =>
    symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol,
  );
  return symbols
    .filter(({ declarations }) => declarations?.some((one) => !/node_modules/.test(one.getSourceFile().fileName)))
    .filter((symbol) => symbol.getDocumentationComment(checker).length === 0)
    .map(({ name }) => name);
}

it('every export of a package door has a doc comment', () => {
  expect(doors.length).toBeGreaterThan(10);
  expect(findUndocumented(doors)).toEqual([]);
});

it('an export without one is named, also behind a door', () => {
  const folder = mkdtempSync(join(tmpdir(), 'nova-doors-'));
  const [door, room] = [join(folder, 'door.ts'), join(folder, 'room.ts')];
  writeFileSync(room, '/** Says so. */\nexport interface Told {}\nexport interface Planted {}\ninterface Own {}\n');
  writeFileSync(door, `export type { Planted, Told } from './room.js';\n`);
  expect(findUndocumented([door])).toEqual(['Planted']);
  rmSync(folder, { recursive: true });
});
