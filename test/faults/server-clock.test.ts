import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, expect, it, vi } from 'vitest';
import { startFaultServer } from '../support/fault-server.js';
import { healthy } from './healthy-provider.js';
import { serve } from './serve.js';
import { errorBody, finish, head, json, role, text, wholeText } from './wire.js';

afterEach(() => void vi.useRealTimers());

/** Sets the wall clock of this process, and of the servers in it, from one moment to the next. */
function jump(ms: number): void {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + ms });
}

const hour = 3_600_000;

it.each([hour, -hour])(
  'a wall clock that jumps by %d ms in an answer neither ends nor holds it (row 40)',
  async (ms) => {
    const steps = [head(200), { send: role + text('Hel') }, { waitMs: 150 }, { send: text('lo') }, { waitMs: 150 }];
    await using upstream = await startFaultServer(() => [...steps, { send: finish }, 'end']);
    await using server = await serve([upstream.url], { IDLE_TIMEOUT_MS: '2000', TOTAL_TIMEOUT_MS: '5000' });
    for (const stream of [true, false]) {
      const asked = server.ask({ stream });
      await expect.poll(() => upstream.openSockets()).toBe(1);
      jump(ms);
      expect(await asked).toMatchObject({ status: 200, text: 'Hello', isDone: true });
      vi.useRealTimers();
    }
  },
);

it.each([hour, -hour])(
  'a wall clock that jumps by %d ms does not keep a stall from being told (row 40)',
  async (ms) => {
    await using upstream = await startFaultServer(() => [head(200), { send: role + text('Hel') }, 'stall']);
    await using server = await serve([upstream.url]);
    const asked = server.ask();
    await expect.poll(() => upstream.openSockets()).toBe(1);
    jump(ms);
    expect(await asked).toMatchObject({ text: 'Hel', code: 'upstream_timeout' });
  },
);

it.each([hour, -hour])('a wall clock that jumps by %d ms opens no breaker and closes none (row 40)', async (ms) => {
  let isWell = false;
  await using first = await startFaultServer((request, count) =>
    isWell ? healthy('well')(request, count) : ['reset'],
  );
  await using second = await startFaultServer(healthy(wholeText));
  await using server = await serve([first.url, second.url]);
  for (let index = 0; index < 3; index += 1) expect((await server.ask()).text).toBe(wholeText);
  const openedAt = performance.now();
  isWell = true;
  jump(ms);
  const { text: meanwhile } = await server.ask();
  // A machine that is busy with other things may have let the second pass.
  if (performance.now() - openedAt < 900) expect(meanwhile).toBe(wholeText);
  await delay(1010 - (performance.now() - openedAt));
  expect((await server.ask()).text).toBe('well');
  expect((await server.ask()).text).toBe('well');
});

it.each([hour, -hour])(
  'a wall clock that jumps by %d ms does not change a wait that a provider asked for (row 40)',
  async (ms) => {
    const limit = json(429, errorBody('rate_limit_exceeded'), { 'retry-after': '1' });
    await using first = await startFaultServer((request, count) =>
      count === 1 ? limit : healthy('well')(request, count),
    );
    await using second = await startFaultServer(healthy(wholeText));
    await using server = await serve([first.url, second.url]);
    expect((await server.ask()).text).toBe(wholeText);
    const limitedAt = performance.now();
    jump(ms);
    const { text: meanwhile } = await server.ask();
    if (performance.now() - limitedAt < 900) expect(meanwhile).toBe(wholeText);
    await delay(1010 - (performance.now() - limitedAt));
    expect((await server.ask()).text).toBe('well');
  },
);
