import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { type RunningRedis, startRedis } from '../../../../test/support/redis.js';
import { redisHarms } from '../../../../test/support/redis-harms.js';
import type { Attempt } from './create-routing.js';
import { claude, type Instance, open, openMs, soon, startInstance } from './testing/start-instance.js';

/** A Redis of a busy machine may take longer over its answer than a visitor is to wait. */
const ample = { timeoutMs: 10_000 };

/** Two instances that both know of a provider whose breaker is about to let a test through. */
async function startPair(
  options: { timeoutMs?: number } = ample,
): Promise<{ redis: RunningRedis; pair: [Instance, Instance] }> {
  const redis = await startRedis();
  onTestFinished(redis.stop);
  const pair: [Instance, Instance] = [
    await startInstance(redis.url, onTestFinished, options),
    await startInstance(redis.url, onTestFinished, options),
  ];
  for (const instance of pair) instance.ready();
  const statuses = () => pair.map((instance) => instance.redis.commands.status);
  await vi.waitFor(() => expect(statuses()).toEqual(['ready', 'ready']), soon);
  open(pair[0].routing);
  await vi.waitFor(() => expect(pair[1].ready()).toBe(1), soon);
  for (const { clock } of pair) clock.ms += openMs;
  return { redis, pair };
}

/** Asks each instance 25 times in one moment; gives those who may call. */
async function askAll(pair: readonly Instance[]): Promise<Attempt[]> {
  const attempts = Array.from({ length: 50 }, (_, index) => pair[index % 2]?.routing.begin(claude)).filter(
    (attempt) => attempt !== undefined,
  );
  const admitted = await Promise.all(attempts.map(({ admitted: answer }) => answer ?? true));
  return attempts.filter((_, index) => admitted[index]);
}

describe('the test of a provider that was sick', () => {
  it('is one call over all instances, of 50 at the same instant', async () => {
    const { pair } = await startPair();
    const [only, ...others] = await askAll(pair);
    expect(others).toEqual([]);
    expect(only?.probe).toBe(true);
    expect(await askAll(pair)).toEqual([]);
    const figures = pair.map(({ routing }) => routing.report([claude]).data[0]);
    expect(figures.map((one) => one?.in_flight).sort()).toEqual([0, 1]);
    only?.succeed();
    only?.end();
    await vi.waitFor(() => expect(pair.map((one) => one.ready())).toEqual([2, 2]), soon);
  });

  it('is not made again by the others when it fails', async () => {
    const { pair } = await startPair();
    const [only] = await askAll(pair);
    only?.fail(new TypeError('still broken'));
    only?.end();
    expect(await askAll(pair)).toEqual([]);
    await vi.waitFor(() => expect(pair.map(({ routing }) => routing.state(claude))).toEqual(['open', 'open']), soon);
  });

  it('is made by the next one, at any instance, when it says nothing', async () => {
    const { pair } = await startPair();
    for (let round = 0; round < 3; round += 1) {
      const [only] = await askAll(pair);
      expect(only?.probe).toBe(true);
      only?.end();
      await vi.waitFor(() => expect(pair.map((one) => one.ready())).toEqual([2, 2]), soon);
    }
  });

  it.each(redisHarms)('is made by each instance alone while Redis %s', async (_name, harm) => {
    const { redis, pair } = await startPair({});
    const heal = await harm(redis);
    const startedAt = performance.now();
    const probes = await askAll(pair);
    expect(performance.now() - startedAt, '50 requests, each at most 50 ms').toBeLessThan(1000);
    expect(probes).toHaveLength(2);
    for (const probe of probes) {
      probe.succeed();
      probe.end();
    }
    expect(pair.map((one) => one.ready())).toEqual([2, 2]);
    await heal();
  });
});
