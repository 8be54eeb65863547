import { type Logger, pino } from 'pino';

export type { Logger } from 'pino';

/** Creates the JSON log on standard output, one object a line. Written without blocking; flushed at exit. */
export function createLogger(level: string): Logger {
  return pino(
    {
      level,
      // Process id and host name are the platform's to add.
      base: null,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
    },
    pino.destination({ dest: 1, sync: false }),
  );
}
