import type { Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Drain } from './http/drain.js';

/** What a cut stream gets to write its last event. */
const lastWordsMs = 2_000;

/** Drains a server and closes it. It keeps listening while answers run, so that others learn why they are refused. */
export async function stopServer(server: Server, options: { drain: Drain; shutdownMs: number }): Promise<void> {
  const { drain, shutdownMs } = options;
  drain.begin();
  const waited = new AbortController();
  const limit = sleep(shutdownMs, undefined, { signal: waited.signal }).catch(() => undefined);
  await Promise.race([drain.idle(), limit]);
  waited.abort();
  drain.cut();
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  // A kept connection becomes idle only after its last response, so one look at the start is not enough.
  const sweep = setInterval(() => server.closeIdleConnections(), 20);
  const force = setTimeout(() => server.closeAllConnections(), lastWordsMs);
  await closed;
  clearInterval(sweep);
  clearTimeout(force);
}
