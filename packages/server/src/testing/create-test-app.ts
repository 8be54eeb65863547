import { PassThrough } from 'node:stream';
import { pino } from 'pino';
import { type AppOptions, createApp } from '../app.js';
import { answer, createScriptedProvider, usageChunk } from './scripted-provider.js';

/** An app without a socket, and the log lines that it wrote. */
export interface TestApp {
  app: ReturnType<typeof createApp>;
  lines(): Record<string, unknown>[];
  /** Sends a chat request. */
  ask(body: unknown, headers?: Record<string, string>): Promise<Response>;
}

/** Creates an app with one provider that says hello, unless other options are given. */
export function createTestApp(
  options: Partial<Omit<AppOptions, 'config'>> & { config?: Partial<AppOptions['config']> } = {},
): TestApp {
  const sink = new PassThrough();
  let log = '';
  sink.on('data', (part: Buffer) => {
    log += part;
  });
  const app = createApp({
    providers: [createScriptedProvider({ steps: () => [...answer('Hel', 'lo'), usageChunk] })],
    logger: pino({ level: 'trace' }, sink),
    ...options,
    config: {
      allowedOrigins: ['*'],
      maxBodyBytes: 1_048_576,
      peekMs: 1_000,
      keepAliveMs: 15_000,
      startMs: 60_000,
      retryDelaysMs: [],
      ...options.config,
    },
  });
  return {
    app,
    lines: () =>
      log
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as Record<string, unknown>),
    ask: async (body, headers = {}) =>
      app.request('/v1/chat/completions', {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
  };
}
