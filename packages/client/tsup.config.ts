import { defineConfig } from 'tsup';

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
    entry: { 'nova-api-client': 'src/nova-api-client.global.ts' },
    format: ['iife'],
    outExtension: () => ({ js: '.js' }),
    // One file with everything in it, for a script tag.
    noExternal: [/./],
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
