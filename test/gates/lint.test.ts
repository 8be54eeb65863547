import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plantedFiles } from './lint-faults.js';

interface Report {
  path: string;
  rule: string;
  message: string;
}

const root = join(import.meta.dirname, '../..');
let tree: string;
let reports: Report[];

/** Plants the files in a tree of its own, beside the real configuration, and lints it once. */
beforeAll(() => {
  tree = mkdtempSync(join(tmpdir(), 'nova-gates-'));
  for (const path of [
    '.gitignore',
    'biome.json',
    'scripts/lint',
    ...packages.map((name) => `packages/${name}/package.json`),
  ])
    cpSync(join(root, path), join(tree, path), { recursive: true });
  for (const { path, code } of plantedFiles) {
    mkdirSync(dirname(join(tree, path)), { recursive: true });
    writeFileSync(join(tree, path), code);
  }
  reports = lint();
});
afterAll(() => rmSync(tree, { recursive: true, force: true }));

const packages = ['client', 'widget', 'server'];

function lint(): Report[] {
  const { stdout } = spawnSync(
    join(root, 'node_modules/.bin/biome'),
    ['lint', '--reporter=json', '--max-diagnostics=1000', '--diagnostic-level=info', '.'],
    { cwd: tree, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  );
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: unknown[] };
  return diagnostics.map(toReport);
}

function toReport(diagnostic: unknown): Report {
  const { category, message, location } = diagnostic as {
    category: string;
    message: string;
    location: { path: string };
  };
  return { path: location.path, rule: category, message };
}

describe('the planted tree', () => {
  it.each(plantedFiles.filter(({ rule }) => rule !== undefined))('is red at $path', ({ path, rule, reason }) => {
    const found = reports.filter((report) => report.path === path && report.rule === rule);
    expect(found.map(({ message }) => message)).not.toEqual([]);
    if (reason) expect(found.some(({ message }) => reason.test(message))).toBe(true);
  });

  it.each(plantedFiles.filter(({ rule }) => rule === undefined))('is green at $path', ({ path }) => {
    const structural = (rule: string): boolean => rule === 'plugin' || rule === 'lint/style/noRestrictedImports';
    expect(reports.filter((report) => report.path === path && structural(report.rule))).toEqual([]);
  });

  it('has no rule that failed to run', () => {
    expect(reports.filter(({ message }) => message.includes('errored'))).toEqual([]);
  });
});
