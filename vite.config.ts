import { existsSync } from 'node:fs';
import { playwright } from '@vitest/browser-playwright';
import { msw } from 'msw/vite';
import { defaultClientConditions, defaultServerConditions } from 'vite';
import { defineConfig } from 'vitest/config';
import { scriptedUpstream } from './playground/scripted-upstream.js';
import { chromiumArgs, chromiumPath } from './test/support/chromium.js';

const root = import.meta.dirname;
const serverConditions = ['nova-src', ...defaultServerConditions];
const clientConditions = ['nova-src', ...defaultClientConditions];
const waitLonger = 'test/support/wait-longer.ts';

/** The playground's dev server, and every test project. */
export default defineConfig({
  plugins: [scriptedUpstream()],
  resolve: { conditions: clientConditions },
  ssr: { resolve: { conditions: serverConditions } },
  server: { host: '127.0.0.1', port: 5173, strictPort: true },
  build: { outDir: `${root}/dist/playground`, emptyOutDir: true },
  test: {
    coverage: {
      provider: 'v8',
      include: ['packages/*/src/**/*.ts'],
      reporter: ['text', 'json-summary', 'lcov'],
      reportsDirectory: `${root}/coverage`,
    },
    // Two files of `node` and `e2e` at a time, as two cores can bear; then two of `browser`, each in a context of its own. A
    // test that missed its moment on a busy machine is run once more, and the report says so.
    projects: [
      {
        extends: false,
        root,
        resolve: { conditions: serverConditions },
        ssr: { resolve: { conditions: serverConditions } },
        test: {
          name: 'node',
          environment: 'node',
          include: ['packages/*/{src,bundling}/**/*.test.ts', 'test/{contract,faults,gates}/**/*.test.ts'],
          setupFiles: [waitLonger],
          testTimeout: 30_000,
          expect: { poll: { timeout: 15_000 } },
          maxWorkers: 2,
          retry: 1,
        },
      },
      {
        // Built packages, real processes, one Chromium a file: no `nova-src` here.
        extends: false,
        root,
        test: {
          name: 'e2e',
          environment: 'node',
          include: ['test/e2e/**/*.test.ts'],
          setupFiles: [waitLonger],
          testTimeout: 90_000,
          hookTimeout: 60_000,
          expect: { poll: { timeout: 20_000 } },
          maxWorkers: 2,
          retry: 1,
        },
      },
      {
        extends: false,
        root,
        plugins: [msw({ mode: 'worker-only' })],
        resolve: { conditions: clientConditions },
        optimizeDeps: {
          // Found late, one of these reloads the page in the middle of a test.
          include: [
            'lit',
            'lit/directive.js',
            'lit/directives/guard.js',
            'fast-check',
            // The root's own marked is an old one, of another tool.
            '@nova-chat/widget > marked',
            '@nova-chat/widget > highlight.js/lib/core',
            'axe-core',
            'msw',
            'msw/browser',
            'p-retry',
            'eventsource-parser',
          ],
        },
        test: {
          name: 'browser',
          include: ['packages/*/src/**/*.browser.ts'],
          testTimeout: 60_000,
          setupFiles: [waitLonger, 'test/support/begin-afresh.ts'],
          expect: { poll: { timeout: 15_000 } },
          maxWorkers: 2,
          retry: 1,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: {
                chromiumSandbox: false,
                args: chromiumArgs,
                ...(existsSync(chromiumPath) ? { executablePath: chromiumPath } : {}),
              },
              contextOptions: { reducedMotion: 'reduce', locale: 'en-US', timezoneId: 'UTC' },
              actionTimeout: 15_000,
            }),
            instances: [{ browser: 'chromium', viewport: { width: 800, height: 600 } }],
          },
        },
      },
    ],
  },
});
