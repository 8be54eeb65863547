import { defineConfig } from 'tsup';

const config: ReturnType<typeof defineConfig> = defineConfig({
  entry: ['src/index.ts', 'src/main.ts'],
  format: ['esm'],
  platform: 'node',
  target: 'node22',
  dts: { entry: ['src/index.ts'] },
  clean: true,
  sourcemap: true,
});
export default config;
