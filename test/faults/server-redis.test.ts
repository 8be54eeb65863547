import { createClient } from '@nova-chat/client';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type FaultServer, startFaultServer } from '../support/fault-server.js';
import { type RunningRedis, startRedis } from '../support/redis.js';
import { redisHarms } from '../support/redis-harms.js';
import { startDelayingProxy } from '../support/start-delaying-proxy.js';
import { healthy } from './healthy-provider.js';
import { ampleTimes, type Served, serve } from './serve.js';
import { done, finish, head, role, text, wholeText } from './wire.js';

const messages = [{ role: 'user' as const, content: 'Tell me.' }];

let upstream: FaultServer;
beforeAll(async () => {
  upstream = await startFaultServer(healthy(wholeText));
});
afterAll(() => upstream.stop());

/** Times of requests that could be resumed, each of which gets a whole answer. */
async function measure(server: Served): Promise<number[]> {
  const times: number[] = [];
  for (let index = 0; index < 15; index += 1) {
    const startedAt = performance.now();
    const response = await fetch(`${server.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'nova-resume': '30' },
      body: JSON.stringify({ stream: index % 3 > 0, messages }),
    });
    expect(response.status).toBe(200);
    expect(await response.text()).toMatch(index % 3 > 0 ? /\[DONE\]\n\n$/ : /"finish_reason":"stop"/);
    times.push(performance.now() - startedAt);
  }
  return times.sort((a, b) => a - b);
}

const median = (times: readonly number[]): number => times[times.length >> 1] ?? Number.NaN;

/** An answer that is begun at one is resumed at the other. */
async function resumes(one: Served, other: Served): Promise<boolean> {
  const begun = createClient({ baseUrl: one.url }).chat.stream({ messages }, { resume: 30 });
  const { text: whole } = await begun.result();
  const rest = await createClient({ baseUrl: other.url, retry: { delays: [] } })
    .chat.resume(begun.streamId ?? '')
    .result();
  return rest.outcome === 'complete' && rest.text === whole;
}

interface Reach {
  slow(delayMs: number): void;
  onEnd(end: () => Promise<void>): void;
}
type Harm = (redis: RunningRedis, reach: Reach) => Promise<() => Promise<unknown>>;
const harms: readonly [name: string, harm: Harm][] = [
  ...redisHarms,
  [
    'is 5 s away',
    async (_redis, { slow }) => {
      slow(5000);
      return async () => slow(0);
    },
  ],
  [
    'is gone',
    async (redis, { onEnd }) => {
      await redis.stop();
      return async () => {
        const again = await startRedis({ port: redis.port });
        onEnd(again.stop);
      };
    },
  ],
];

describe.concurrent('two servers whose Redis', () => {
  it.for(harms)(
    '%s answer all the same, as fast, and share again when it is back',
    { timeout: 40_000 },
    async ([, harm], { expect, onTestFinished: onEnd }) => {
      const redis = await startRedis();
      onEnd(redis.stop);
      await using proxy = await startDelayingProxy(redis.port);
      const env = { REDIS_URL: `redis://127.0.0.1:${proxy.port}` };
      await using one = await serve([upstream.url], env);
      await using two = await serve([upstream.url], env);
      await expect.poll(() => resumes(one, two), { timeout: 5000 }).toBe(true);
      await measure(one);
      const before = median(await measure(one));
      const heal = await harm(redis, { slow: proxy.setDelayMs, onEnd });
      const times = [...(await measure(one)), ...(await measure(two))].sort((a, b) => a - b);
      // The promise is 50 ms; the bounds leave room for a machine that is busy with other things.
      expect(median(times), 'a request, in ms').toBeLessThan(before * 3 + 50);
      expect(times.at(-1), 'the slowest of all, in ms').toBeLessThan(3000);
      expect((await fetch(`${one.url}/ready`)).status).toBe(200);
      await heal();
      await expect.poll(() => resumes(one, two), { timeout: 15_000, interval: 200 }).toBe(true);
    },
  );
});

it('one call of all servers tests a provider that was sick, and 49 others ask the next', async () => {
  const redis = await startRedis();
  onTestFinished(redis.stop);
  let isWell = false;
  const tested = Promise.withResolvers<void>();
  await using sick = await startFaultServer(() =>
    isWell ? [head(200), { until: tested.promise }, { send: role + text('well') + finish + done }, 'end'] : ['reset'],
  );
  const env = { REDIS_URL: redis.url, ...ampleTimes };
  await using one = await serve([sick.url, upstream.url], env);
  await using two = await serve([sick.url, upstream.url], env);
  const breakerOf = async ({ url }: Served): Promise<string | undefined> => {
    const { data } = (await (await fetch(`${url}/providers/health`)).json()) as { data: { breaker: string }[] };
    return data[0]?.breaker;
  };
  const breakers = (): Promise<unknown[]> => Promise.all([one, two].map(breakerOf));
  for (let index = 0; index < 3; index += 1) expect((await one.ask()).text).toBe(wholeText);
  await expect.poll(breakers).toEqual(['half_open', 'half_open']);
  isWell = true;
  const asked = sick.requests.length;
  const test = one.ask();
  // The other one has heard of it.
  await expect.poll(() => breakerOf(two)).toBe('open');
  const answers = await Promise.all(Array.from({ length: 49 }, (_, index) => (index % 2 ? one : two).ask()));
  expect(answers.filter((answer) => answer.text !== wholeText)).toEqual([]);
  expect(sick.requests.length - asked).toBe(1);
  tested.resolve();
  expect((await test).text).toBe('well');
  await expect.poll(breakers).toEqual(['closed', 'closed']);
});
