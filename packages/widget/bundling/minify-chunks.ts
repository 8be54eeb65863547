import { minify as minifyWithTerser } from 'terser';
import { minify, type Plugin } from 'vite';

/**
 * Minifies what is bundled. Vite leaves the modules of a library alone. Each of the two minifiers knows what the other
 * does not: together they leave 2 to 3 % less, compressed, than one of them.
 */
export function minifyChunks(): Plugin {
  return {
    name: 'nova-minify-chunks',
    async renderChunk(code, { fileName }) {
      const first = await minify(fileName, code, {
        module: true,
        compress: { target: 'es2022' },
        mangle: { toplevel: true },
        codegen: { removeWhitespace: true, legalComments: 'none' },
      });
      const second = await minifyWithTerser(first.code, { module: true, ecma: 2020, compress: { passes: 3 } });
      return { code: second.code ?? code, map: null };
    },
  };
}
