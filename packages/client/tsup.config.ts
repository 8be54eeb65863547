import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Plugin } from 'esbuild';
import { defineConfig } from 'tsup';

const standInFolder = join(import.meta.dirname, 'src/stand-ins');
const standIns = readdirSync(standInFolder).map((file) => basename(file, '.ts'));

/** Puts each module of `src/stand-ins` in the place of the one of the same name, which knows what no browser shows. */
const withStandIns: Plugin = {
  name: 'stand-ins',
  setup(build) {
    build.onResolve({ filter: new RegExp(`(?:^|/)(?:${standIns.join('|')})(?:\\.js)?$`) }, ({ path }) => ({
      path: join(standInFolder, `${basename(path, '.js')}.ts`),
    }));
  },
};

const config: ReturnType<typeof defineConfig> = defineConfig([
  {
    entry: {
      index: 'src/index.ts',
      node: 'src/node.ts',
      conversation: 'src/conversation/index.ts',
      protocol: 'src/protocol/index.ts',
      stream: 'src/stream/index.ts',
      testing: 'src/testing/index.ts',
    },
    format: ['esm'],
    // Doors share chunks, so there is one NovaError class and not one a door.
    splitting: true,
    dts: true,
    clean: true,
    sourcemap: true,
    target: 'es2022',
  },
  {
    // For pages, which pay for each byte: the same doors without what a browser does not show.
    entry: { index: 'src/index.ts', protocol: 'src/protocol/index.ts', stream: 'src/stream/index.ts' },
    outDir: 'dist/browser',
    format: ['esm'],
    // In it, so that it can do without the texts by which other runtimes say that the network failed.
    noExternal: ['p-retry'],
    esbuildPlugins: [withStandIns],
    splitting: true,
    dts: false,
    sourcemap: true,
    target: 'es2022',
  },
  {
    entry: { 'nova-api-client': 'src/nova-api-client.global.ts' },
    format: ['iife'],
    outExtension: () => ({ js: '.js' }),
    // One file with everything in it, for a script tag.
    noExternal: [/./],
    esbuildPlugins: [withStandIns],
    splitting: false,
    dts: false,
    clean: false,
    minify: true,
    sourcemap: false,
    platform: 'browser',
    target: 'es2022',
  },
]);
export default config;
