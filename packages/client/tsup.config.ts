import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Plugin } from 'esbuild';
import { defineConfig } from 'tsup';
import { type ShakenLibrary, shakeLibraryCode } from '../../scripts/bundling/shake-libraries.js';

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

/** Leaves of the two libraries what the client asks of them. */
const shaken: Plugin = {
  name: 'shaken-libraries',
  setup(build) {
    build.onLoad(
      { filter: /\/node_modules\/(?:p-retry\/index|eventsource-parser\/dist\/parse)\.js$/ },
      async ({ path }) => {
        const library = path.slice(path.lastIndexOf('/node_modules/') + '/node_modules/'.length) as ShakenLibrary;
        return { contents: shakeLibraryCode(library, await readFile(path, 'utf8')), loader: 'js' };
      },
    );
  },
};

// They are built side by side. None may clean: it would take away what another one has written by then.
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
    sourcemap: true,
    target: 'es2022',
  },
  {
    // For pages, which pay for each byte: the same doors without what a browser does not show.
    entry: { index: 'src/index.ts', protocol: 'src/protocol/index.ts', stream: 'src/stream/index.ts' },
    outDir: 'dist/browser',
    format: ['esm'],
    // In it, as a page can do without most of them.
    noExternal: ['p-retry', 'eventsource-parser'],
    esbuildPlugins: [withStandIns, shaken],
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
    minify: true,
    sourcemap: false,
    platform: 'browser',
    target: 'es2022',
  },
]);
export default config;
