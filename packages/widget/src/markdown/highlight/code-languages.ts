/** Names that a fence may carry, by the grammar that colours it. */
const aliases = {
  bash: 'bash sh shell zsh console',
  c: 'c h',
  cpp: 'cpp c++ cc hpp',
  csharp: 'csharp cs c#',
  css: 'css scss less',
  diff: 'diff patch',
  go: 'go golang',
  java: 'java',
  javascript: 'javascript js jsx mjs cjs',
  json: 'json json5 jsonc',
  php: 'php',
  python: 'python py',
  rust: 'rust rs',
  sql: 'sql',
  typescript: 'typescript ts tsx mts cts',
  xml: 'xml html svg vue xhtml',
  yaml: 'yaml yml',
} as const;

/** A grammar that highlighting knows. */
export type CodeLanguage = keyof typeof aliases;

const byAlias: ReadonlyMap<string, CodeLanguage> = new Map(
  (Object.keys(aliases) as CodeLanguage[]).flatMap((name) =>
    aliases[name].split(' ').map((alias) => [alias, name] as const),
  ),
);

/** Finds the grammar of a fence's language. */
export function toCodeLanguage(name: string): CodeLanguage | undefined {
  return byAlias.get(name.toLowerCase());
}
