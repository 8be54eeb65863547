import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { type RunningRedis, startRedis } from '../../../../test/support/redis.js';
import { redisHarms } from '../../../../test/support/redis-harms.js';
import { claude, groq, type Instance, open, soon, startInstance } from './testing/start-instance.js';

function begin(url: string): Promise<Instance> {
  return startInstance(url, onTestFinished);
}

async function startTestRedis(options: { port?: number } = {}): Promise<RunningRedis> {
  const redis = await startRedis(options);
  onTestFinished(redis.stop);
  return redis;
}

describe('createRedisSharedState', () => {
  it('tells other instances that listen, and those that start later', async () => {
    const { url } = await startTestRedis();
    const first = await begin(url);
    const second = await begin(url);
    await vi.waitFor(() =>
      expect([first.redis.commands.status, second.redis.commands.status]).toEqual(['ready', 'ready']),
    );
    expect(second.ready()).toBe(2);
    open(first.routing);
    await vi.waitFor(() => expect(second.ready()).toBe(1), soon);
    const third = await begin(url);
    await vi.waitFor(() => expect(third.ready()).toBe(1), soon);
    expect(third.routing.retryInMs(claude)).toBeGreaterThan(500_000);
    expect(third.routing.retryInMs(claude)).toBeLessThanOrEqual(600_000);
    expect([first, second, third].flatMap(({ lines }) => lines)).toEqual([]);
  });

  it('tells nothing to a server that has another database of the same Redis', async () => {
    const { url } = await startTestRedis();
    const [production, staging, beside] = [await begin(`${url}/0`), await begin(`${url}/1`), await begin(`${url}/1`)];
    const breakers = (): unknown[] => production.routing.report([claude, groq]).data.map(({ breaker }) => breaker);
    for (const { ready } of [production, staging, beside]) ready();
    const connected = () => [production, staging, beside].map(({ redis }) => redis.commands.status);
    await vi.waitFor(() => expect(connected()).toEqual(['ready', 'ready', 'ready']), soon);
    open(staging.routing);
    await vi.waitFor(() => expect(beside.ready()).toBe(1), soon);
    // What is said later is heard later.
    const own = await begin(`${url}/0`);
    own.ready();
    await vi.waitFor(() => expect(own.redis.commands.status).toBe('ready'), soon);
    for (let count = 0; count < 3; count++) own.routing.begin(groq)?.fail(new TypeError('broken'));
    await vi.waitFor(() => expect(breakers()).toEqual(['closed', 'open']), soon);
  });

  it('holds the others back while one probes, and closes their breakers when its probe succeeds', async () => {
    const { url } = await startTestRedis();
    const [first, second] = [await begin(url), await begin(url)];
    const state = () => second.routing.report([claude]).data[0]?.breaker;
    second.ready();
    open(first.routing);
    await vi.waitFor(() => expect(state()).toBe('open'), soon);
    first.clock.ms += 600_000;
    second.clock.ms += 600_000;
    expect(state()).toBe('half_open');
    const probe = first.routing.begin(claude);
    expect(probe?.probe).toBe(true);
    await vi.waitFor(() => expect(second.routing.retryInMs(claude)).toBeGreaterThan(0), soon);
    probe?.succeed();
    await vi.waitFor(() => expect(state()).toBe('closed'), soon);
  });

  it('starts without Redis, decides by itself, and tells what it saw as soon as Redis is there', async () => {
    const gone = await startRedis();
    await gone.stop();
    const first = await begin(gone.url);
    open(first.routing);
    expect(first.ready()).toBe(1);
    await vi.waitFor(() => expect(first.lines).toHaveLength(1), soon);
    const { url } = await startTestRedis({ port: gone.port });
    const second = await begin(url);
    await vi.waitFor(() => expect(second.ready()).toBe(1), soon);
    expect(first.lines[0]).toContain('ECONNREFUSED');
  });

  it.each(redisHarms)(
    'adds nothing to a decision while Redis %s, logs one line, and goes on afterwards',
    async (_name, harm) => {
      const redis = await startTestRedis();
      const [first, second] = [await begin(redis.url), await begin(redis.url)];
      second.ready();
      const statuses = () => [first, second].map((instance) => instance.redis.commands.status);
      await vi.waitFor(() => expect(statuses()).toEqual(['ready', 'ready']), soon);
      const heal = await harm(redis);
      const before = process.threadCpuUsage();
      for (let count = 0; count < 1000; count++) {
        first.ready();
        first.routing.begin(groq)?.succeed();
      }
      open(first.routing);
      expect(first.ready()).toBe(1);
      expect(process.threadCpuUsage(before).user / 1000, '1,000 decisions, in ms').toBeLessThan(1000);
      await vi.waitFor(() => expect(first.lines).toHaveLength(1), soon);
      await heal();
      await vi.waitFor(() => expect(second.ready()).toBe(1), soon);
      expect(first.lines).toHaveLength(1);
    },
    20_000,
  );

  it('is not misled by what else is written there', async () => {
    const { url } = await startTestRedis();
    const instance = await begin(url);
    await vi.waitFor(() => expect(instance.redis.commands.status).toBe('ready'), soon);
    await instance.redis.commands.lpush('nova:breaker:claude/large', 'x');
    expect(instance.ready()).toBe(2);
    for (const text of ['', '{}', '[', 'null', '{"key":"claude/large","from":"x","openings":-1}']) {
      await instance.redis.commands.publish('nova:breaker@0', text);
    }
    await vi.waitFor(() => expect(instance.lines[0]).toContain('WRONGTYPE'), soon);
    expect(instance.ready()).toBe(2);
  });
});
