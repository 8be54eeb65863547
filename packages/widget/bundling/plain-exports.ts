import { basename } from 'node:path';
import type { Plugin } from 'vite';

/**
 * Lets what the core exports for its own chunks be called there as it is called inside: `export{ab}` and not
 * `export{ab as C}`. The bundler gives such exports names of one letter, and what is meant for others keeps its name.
 */
export function plainExports(): Plugin {
  return {
    name: 'nova-plain-exports',
    generateBundle(_, bundle) {
      const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
      for (const core of chunks.filter(({ isEntry }) => isEntry)) {
        /** Names inside, by the names that the bundler has given. */
        const inside = new Map<string, string>();
        core.code = core.code.replace(/(?<=export\{)[^}]+(?=\};?\s*$)/, (list) =>
          toList(list, (name, given) => {
            if (given.length > 1) return [name, given];
            inside.set(given, name);
            return [name, name];
          }),
        );
        const from = `}from"./${basename(core.fileName)}"`;
        for (const chunk of chunks) {
          const [before = '', after, ...more] = chunk.code.split(from);
          if (after === undefined) continue;
          if (more.length > 0) throw new Error(`${chunk.fileName} imports the core twice`);
          const start = before.lastIndexOf('{') + 1;
          const list = toList(before.slice(start), (name, local) => [inside.get(name) ?? name, local]);
          chunk.code = before.slice(0, start) + list + from + after;
        }
      }
    },
  };
}

/** Changes each `name` and `name as other` of a list. */
function toList(list: string, change: (name: string, other: string) => [name: string, other: string]): string {
  const items = list.split(',').map((item) => {
    const [before = '', after = before] = item.split(' as ');
    const [name, other] = change(before, after);
    return name === other ? name : `${name} as ${other}`;
  });
  return items.sort().join(',');
}
