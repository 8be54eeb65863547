import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One page of the documentation. */
export interface DocsPage {
  /** From the root of the repository. */
  path: string;
  text: string;
}

/** Reads the README, the contributor's page and everything under `docs/`. */
export function readDocs(): DocsPage[] {
  const root = process.cwd();
  const paths = ['README.md', 'CONTRIBUTING.md', ...globSync('docs/{,decisions/}*.md', { cwd: root }).sort()];
  return paths.map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}

/** Gives the code blocks of a page in that language, in order. */
export function readCodeBlocks(page: DocsPage, language: string): string[] {
  const fence = new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm');
  return [...page.text.matchAll(fence)].map(([, code = '']) => code);
}
