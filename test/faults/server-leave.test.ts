import { expect, it } from 'vitest';
import { type FaultStep, startFaultServer } from '../support/fault-server.js';
import { serve } from './serve.js';
import { head, role, text } from './wire.js';

const tries = 11;
const patient = {
  HEADERS_TIMEOUT_MS: '9000',
  FIRST_EVENT_TIMEOUT_MS: '9000',
  IDLE_TIMEOUT_MS: '9000',
  TOTAL_TIMEOUT_MS: '9500',
};

/** The ways to leave an answer (row 36). */
const cases: [name: string, steps: FaultStep[], stream: boolean][] = [
  ['in mid-stream', [head(200), { send: role + text('Hel') }, 'stall'], true],
  ['before the first token', [head(200), 'stall'], true],
  ['before the headers', ['stall'], true],
  ['before a whole answer', ['stall'], false],
  ['in the middle of a whole answer', [head(200), { send: role + text('Hel') }, 'stall'], false],
];

it.each(cases)('a caller who leaves %s takes the provider along within 100 ms', async (_name, steps, stream) => {
  await using upstream = await startFaultServer(() => steps);
  await using server = await serve([upstream.url], { ...patient, START_TIMEOUT_MS: '9500', PEEK_MS: '9000' });
  const latenciesMs: number[] = [];
  for (let index = 0; index < tries; index += 1) {
    const leaving = new AbortController();
    const asked = fetch(`${server.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ stream, messages: [{ role: 'user', content: '?' }] }),
      signal: leaving.signal,
    });
    asked.catch(() => 'left');
    await expect.poll(() => upstream.openSockets(), { interval: 5 }).toBe(1);
    if (stream && steps.length > 2) await (await asked).body?.getReader().read();
    const leftAt = performance.now();
    leaving.abort();
    while (upstream.openSockets() > 0 && performance.now() - leftAt < 5000) await new Promise(setImmediate);
    latenciesMs.push(performance.now() - leftAt);
  }
  expect(upstream.requests).toHaveLength(tries);
  // The median, because a busy machine may hold any single one up.
  expect(latenciesMs.sort((a, b) => a - b)[tries >> 1]).toBeLessThan(100);
  const { data } = (await (await fetch(`${server.url}/providers/health`)).json()) as { data: object[] };
  expect(data[0]).toMatchObject({ breaker: 'closed', failed_calls: 0, in_flight: 0 });
});
