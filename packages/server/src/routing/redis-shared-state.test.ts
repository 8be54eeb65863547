import { afterEach, describe, expect, it, vi } from 'vitest';
import { type RunningRedis, startRedis } from '../../../../test/support/redis.js';
import { connectRedis } from '../redis/connect-redis.js';
import { createRouting, type Routing } from './create-routing.js';
import { createRedisSharedState } from './redis-shared-state.js';

const claude = { provider: { name: 'claude' }, model: 'large' };
const groq = { provider: { name: 'groq' }, model: 'llama' };
const undo: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

async function startTestRedis(options: { port?: number } = {}): Promise<RunningRedis> {
  const redis = await startRedis(options);
  undo.push(redis.stop);
  return redis;
}

/** One instance of a server, as far as routing goes. */
async function startInstance(url: string) {
  const lines: string[] = [];
  const redis = await connectRedis({ url, log: (line) => lines.push(line) });
  const shared = createRedisSharedState({ redis, retryMs: 50 });
  const clock = { ms: 0 };
  const routing = createRouting({ now: () => clock.ms, shared, breaker: { openMs: 600_000, maxOpenMs: 600_000 } });
  undo.push(async () => {
    await routing.close();
    await redis.close();
  });
  return { routing, clock, lines, redis, ready: () => routing.candidates([claude, groq]).ready.length };
}

function open(routing: Routing): void {
  for (let count = 0; count < 3; count++) routing.begin(claude)?.fail(new TypeError('broken'));
}

const soon = { timeout: 8000, interval: 20 };

describe('createRedisSharedState', () => {
  it('tells other instances that listen, and those that start later', async () => {
    const { url } = await startTestRedis();
    const first = await startInstance(url);
    const second = await startInstance(url);
    await vi.waitFor(() =>
      expect([first.redis.commands.status, second.redis.commands.status]).toEqual(['ready', 'ready']),
    );
    expect(second.ready()).toBe(2);
    open(first.routing);
    await vi.waitFor(() => expect(second.ready()).toBe(1), soon);
    const third = await startInstance(url);
    await vi.waitFor(() => expect(third.ready()).toBe(1), soon);
    expect(third.routing.retryInMs(claude)).toBeGreaterThan(500_000);
    expect(third.routing.retryInMs(claude)).toBeLessThanOrEqual(600_000);
    expect([first, second, third].flatMap(({ lines }) => lines)).toEqual([]);
  });

  it('holds the others back while one probes, and closes their breakers when its probe succeeds', async () => {
    const { url } = await startTestRedis();
    const [first, second] = [await startInstance(url), await startInstance(url)];
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
    const first = await startInstance(gone.url);
    open(first.routing);
    expect(first.ready()).toBe(1);
    await vi.waitFor(() => expect(first.lines).toHaveLength(1), soon);
    const { url } = await startTestRedis({ port: gone.port });
    const second = await startInstance(url);
    await vi.waitFor(() => expect(second.ready()).toBe(1), soon);
    expect(first.lines[0]).toContain('ECONNREFUSED');
  });

  it.each<
    [string, (redis: RunningRedis, admin: Awaited<ReturnType<typeof connectRedis>>) => Promise<() => Promise<unknown>>]
  >([
    [
      'answers nothing',
      async (redis) => {
        redis.freeze();
        return async () => redis.thaw();
      },
    ],
    [
      'takes 5 s to answer',
      async (_redis, admin) => {
        await admin.commands.client('PAUSE', 5000, 'ALL');
        return async () => {};
      },
    ],
    [
      'is read-only',
      async (_redis, admin) => {
        await admin.commands.replicaof('127.0.0.1', 1);
        return () => admin.commands.replicaof('NO', 'ONE');
      },
    ],
    [
      'has no memory left',
      async (_redis, admin) => {
        await admin.commands.config('SET', 'maxmemory', '1');
        return () => admin.commands.config('SET', 'maxmemory', '0');
      },
    ],
  ])(
    'adds nothing to a decision while Redis %s, logs one line, and goes on afterwards',
    async (_name, harm) => {
      const redis = await startTestRedis();
      const admin = await connectRedis({ url: redis.url, log: () => {} });
      undo.push(admin.close);
      const [first, second] = [await startInstance(redis.url), await startInstance(redis.url)];
      second.ready();
      const statuses = () => [first, second, { redis: admin }].map((instance) => instance.redis.commands.status);
      await vi.waitFor(() => expect(statuses()).toEqual(['ready', 'ready', 'ready']), soon);
      const heal = await harm(redis, admin);
      const startedAt = performance.now();
      for (let count = 0; count < 1000; count++) {
        first.ready();
        first.routing.begin(groq)?.succeed();
      }
      open(first.routing);
      expect(first.ready()).toBe(1);
      expect(performance.now() - startedAt, '1,000 decisions').toBeLessThan(1000);
      await vi.waitFor(() => expect(first.lines).toHaveLength(1), soon);
      await heal();
      await vi.waitFor(() => expect(second.ready()).toBe(1), soon);
      expect(first.lines).toHaveLength(1);
    },
    20_000,
  );

  it('is not misled by what else is written there', async () => {
    const { url } = await startTestRedis();
    const instance = await startInstance(url);
    await vi.waitFor(() => expect(instance.redis.commands.status).toBe('ready'), soon);
    await instance.redis.commands.lpush('nova:breaker:claude/large', 'x');
    expect(instance.ready()).toBe(2);
    for (const text of ['', '{}', '[', 'null', '{"key":"claude/large","from":"x","openings":-1}']) {
      await instance.redis.commands.publish('nova:breaker', text);
    }
    await vi.waitFor(() => expect(instance.lines[0]).toContain('WRONGTYPE'), soon);
    expect(instance.ready()).toBe(2);
  });
});
