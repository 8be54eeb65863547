import { type Logger, pino } from 'pino';
import { createLineWriter, type LineWriter } from './line-writer.js';

export type { Logger } from 'pino';

/** One for the process, however many servers it has. */
let standardOutput: LineWriter | undefined;

/** Creates the JSON log on standard output, one object a line. Written without blocking. */
export function createLogger(level: string): Logger {
  standardOutput ??= createLineWriter(process.stdout);
  return pino(
    {
      level,
      // Process id and host name are the platform's to add.
      base: null,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
    },
    standardOutput,
  );
}

/** Waits until the log has been written; only a moment when it is not read. */
export async function flushLog(): Promise<void> {
  await standardOutput?.flush();
}
