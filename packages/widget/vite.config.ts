import { globSync } from 'node:fs';
import { type Alias, defineConfig, type UserConfig, type UserConfigFnObject } from 'vite';
import { shakeLibraries } from '../../scripts/bundling/shake-libraries.js';
import { hashFolder } from './bundling/hash-folder.js';
import { minifyChunks } from './bundling/minify-chunks.js';
import { minifyTemplates } from './bundling/minify-templates.js';
import { plainExports } from './bundling/plain-exports.js';
import { refuseDecorators } from './bundling/refuse-decorators.js';
import { shakeMarked } from './bundling/shake-marked.js';

const folder = import.meta.dirname;
const source = (file: string): string => `${folder}/src/${file}`;

/** For bundlers: two doors, what they share, and their libraries left to whoever bundles. */
const npmBuild: UserConfig = {
  build: {
    outDir: `${folder}/dist`,
    emptyOutDir: true,
    minify: false,
    sourcemap: true,
    lib: {
      entry: {
        index: source('index.ts'),
        define: source('define.ts'),
        math: source('math.ts'),
        react: source('react.ts'),
      },
      formats: ['es'],
    },
    rolldownOptions: {
      external: [
        /^lit($|\/)/,
        /^@lit\//,
        /^react($|\/)/,
        /^marked$/,
        /^highlight\.js\//,
        /^katex$/,
        /^@cfworker\/json-schema$/,
        /^@nova-chat\//,
      ],
      output: {
        chunkFileNames: 'chunk-[name].js',
        // For frameworks that render on a server: an element needs a browser.
        banner: ({ name }) => (name === 'react' ? "'use client';" : ''),
      },
    },
  },
};

/** Tells from the name that a chunk is not loaded for an answer without code. */
const toChunkName = ({ moduleIds }: { moduleIds: string[] }): string =>
  moduleIds.every((id) => /\/highlight/.test(id)) ? 'core/highlight-[name].js' : 'core/[name].js';

/** The small things that features share travel in one file: each would be a request of its own. */
const sharedByFeatures = {
  name: 'shared',
  test: /\/(features\/shared\/[\w.-]+|feature-strings|safe-storage|branch-tree|branches|to-catch-up-events)\.ts$/,
  includeDependenciesRecursively: false,
};

/** Modules that the core of the script tag has less of. */
const standIns: Alias[] = [
  { find: /^.*\/(answer-math|css-tag|write-body|launcher-css)\.js$/, replacement: source('embed/stand-ins/$1.ts') },
  // The client's own build for pages has these too.
  ...[/^(is-network-error)$/, /^.*\/(fetch-transport|to-body-error|to-connection-error)\.js$/].map((find) => ({
    find,
    replacement: `${folder}/../client/src/stand-ins/$1.ts`,
  })),
];

/** For the script tag: everything in modules of one folder with a hashed name, which can be cached for ever. */
const coreBuild: UserConfig = {
  plugins: [shakeMarked(), shakeLibraries(), minifyTemplates(), minifyChunks(), plainExports(), hashFolder('core')],
  resolve: { alias: standIns },
  define: { 'process.env.NODE_ENV': '"production"' },
  build: {
    outDir: `${folder}/dist/embed`,
    emptyOutDir: true,
    // An app build would bring Vite's preload helper along, which writes elements into the page's head.
    lib: { entry: { 'nova-chat': source('embed/core.ts') }, formats: ['es'], fileName: () => 'core/[name].js' },
    rolldownOptions: {
      // What features share with the core they take from it, in place of one more file for both.
      preserveEntrySignatures: 'allow-extension',
      output: {
        minify: false,
        chunkFileNames: toChunkName,
        codeSplitting: { groups: [sharedByFeatures] },
      },
      checks: { pluginTimings: false },
    },
  },
};

/** The script tag's own file. It names the core, so it is built after it. */
const loaderBuild = (): UserConfig => {
  const cores = globSync('*/nova-chat.js', { cwd: `${folder}/dist/embed` });
  if (cores.length !== 1) throw new Error(`Expected one core to load, found ${cores.length}: build with --mode core.`);
  return {
    plugins: [minifyTemplates(), minifyChunks()],
    define: { NOVA_CORE_FILE: JSON.stringify(cores[0]?.replaceAll('\\', '/')) },
    build: {
      outDir: `${folder}/dist/embed`,
      emptyOutDir: false,
      lib: { entry: source('embed/embed.ts'), formats: ['iife'], name: 'NovaEmbed', fileName: () => 'embed.js' },
      rolldownOptions: { output: { codeSplitting: false, minify: false } },
    },
  };
};

/** Three builds: `--mode npm`, `--mode core`, then `--mode loader`. */
const config: UserConfigFnObject = defineConfig(({ mode }) => {
  const own = mode === 'npm' ? npmBuild : mode === 'core' ? coreBuild : loaderBuild();
  return {
    ...own,
    plugins: [refuseDecorators(), ...(own.plugins ?? [])],
    root: folder,
    publicDir: false,
    logLevel: 'warn',
    resolve: { conditions: ['nova-src', 'browser', 'module'], ...own.resolve },
    build: { target: 'es2022', reportCompressedSize: false, ...own.build },
  };
});
export default config;
