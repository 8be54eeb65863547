import type { Plugin } from 'vite';

/** Stops a build that leaves decorators in its output: Vite reports success, and no browser can parse the result. */
export function refuseDecorators(): Plugin {
  return {
    name: 'nova-refuse-decorators',
    generateBundle(_options, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type === 'chunk' && /@(?:customElement|property|state|query)\(/.test(file.code)) {
          this.error(
            `${file.fileName} has decorators: does the tsconfig next to its source set experimentalDecorators?`,
          );
        }
      }
    },
  };
}
