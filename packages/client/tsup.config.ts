import { defineConfig } from 'tsup';

const config: ReturnType<typeof defineConfig> = defineConfig({
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
});
export default config;
