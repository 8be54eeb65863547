import { createClient } from '@nova-chat/client';
import { createLogger, loadConfig, startServer } from '@nova-chat/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FaultServer, type FaultStep, startFaultServer } from '../support/fault-server.js';
import { type RunningRedis, startRedis } from '../support/redis.js';
import { startCuttingProxy } from '../support/start-cutting-proxy.js';
import { done, finish, head, role, text } from './wire.js';

const words = Array.from({ length: 24 }, (_, index) => `wörd${index} `);
const whole = words.join('');
const messages = [{ role: 'user' as const, content: 'Tell me.' }];

let upstream: FaultServer;
let redis: RunningRedis;
beforeAll(async () => {
  const steps: FaultStep[] = words.flatMap((word) => [{ send: text(word) }, { waitMs: 8 }]);
  upstream = await startFaultServer(() => [head(200), { send: role }, ...steps, { send: finish + done }, 'end']);
  redis = await startRedis();
});
afterAll(async () => {
  await redis.stop();
  await upstream.stop();
});

interface Server extends AsyncDisposable {
  url: string;
}

async function start(env: Record<string, string> = {}): Promise<Server> {
  const config = loadConfig({
    PORT: '0',
    OPENAI_BASE_URL: `${upstream.url}/v1`,
    PROVIDER_ORDER: 'openai',
    SITE_CONTENT: 'docs/decisions',
    SHUTDOWN_MS: '50',
    ...env,
  });
  const { url, stop } = await startServer(config, { logger: createLogger('silent') });
  return { url, [Symbol.asyncDispose]: stop };
}

describe.concurrent('an answer over a connection that is cut', () => {
  it.each([600, 900, 1234, 2000, 2777, 3500])(
    'after %i bytes is whole, nothing lost and nothing twice',
    async (bytes) => {
      await using server = await start();
      // The second connection breaks too, and the third holds.
      await using proxy = await startCuttingProxy(server.url, (connection) =>
        connection < 2 ? bytes : Number.POSITIVE_INFINITY,
      );
      const client = createClient({ baseUrl: proxy.url, retry: { delays: [5, 5, 5] } });
      const stream = client.chat.stream({ messages }, { resume: 30 });
      let read = '';
      for await (const event of stream) if (event.type === 'text-delta') read += event.text;
      const result = await stream.result();
      expect(result.outcome).toBe('complete');
      expect(result.text).toBe(whole);
      expect(read).toBe(whole);
      expect(proxy.cuts()).toBeGreaterThan(0);
    },
  );

  it('is picked up by another client, as after a reload of the page', async () => {
    await using server = await start();
    const first = createClient({ baseUrl: server.url }).chat.stream({ messages }, { resume: 30 });
    for await (const event of first) if (event.type === 'text-delta' && event.text === words[5]) break;
    const { streamId = '', lastEventId = '' } = first;
    const said = first.snapshot.choices[0]?.message.content;
    expect(said).toBe(words.slice(0, 6).join(''));
    const client = createClient({ baseUrl: server.url });
    const rest = await client.chat.resume(streamId, { after: lastEventId }).result();
    expect([rest.outcome, said + rest.text]).toEqual(['complete', whole]);
    expect((await client.chat.resume(streamId).result()).text).toBe(whole);
    const { text: came, lastEventId: last = '' } = await first.result();
    const afterResult = await client.chat.resume(streamId, { after: last }).result();
    expect(came + afterResult.text).toBe(whole);
  });

  it('ends for good when it is stopped', async () => {
    await using server = await start();
    const client = createClient({ baseUrl: server.url });
    const stream = client.chat.stream({ messages }, { resume: 30 });
    for await (const event of stream) if (event.type === 'text-delta') await stream.stop();
    const { streamId = '' } = stream;
    expect(streamId).toMatch(/^st_/);
    const again = await client.chat.resume(streamId, { timeoutMs: 2_000 }).result();
    expect(again).toMatchObject({ outcome: 'failed', error: { code: 'not_found' } });
  });
});

describe.each(['headers', 'the first event'])('a stop before %s', (point) => {
  it('ends the generation too, though the answer could be resumed', async () => {
    await using silent = await startFaultServer(() => [head(200), 'stall']);
    await using server = await start({
      OPENAI_BASE_URL: `${silent.url}/v1`,
      PEEK_MS: point === 'headers' ? '60000' : '20',
    });
    const stream = createClient({ baseUrl: server.url }).chat.stream({ messages }, { resume: 60 });
    await expect.poll(() => silent.openSockets()).toBe(1);
    if (point !== 'headers') await expect.poll(() => stream.streamId).toMatch(/^st_/);
    await stream.stop();
    expect(await stream.result()).toMatchObject({ outcome: 'aborted', text: '' });
    await expect.poll(() => silent.openSockets(), { timeout: 5000 }).toBe(0);
  });
});

describe('two servers with one Redis', () => {
  it('resume what the other has begun', async () => {
    await using one = await start({ REDIS_URL: redis.url });
    await using two = await start({ REDIS_URL: redis.url });
    const first = createClient({ baseUrl: one.url }).chat.stream({ messages }, { resume: 30 });
    for await (const event of first) if (event.type === 'text-delta' && event.text === words[8]) break;
    const { streamId = '', lastEventId = '' } = first;
    const said = first.snapshot.choices[0]?.message.content;
    const client = createClient({ baseUrl: two.url, retry: { delays: [20, 50, 100] } });
    const rest = await client.chat.resume(streamId, { after: lastEventId }).result();
    expect([rest.outcome, said + rest.text]).toEqual(['complete', whole]);
  });

  it('answer without it', async () => {
    await using server = await start({ REDIS_URL: 'redis://127.0.0.1:9' });
    const result = await createClient({ baseUrl: server.url }).chat.stream({ messages }, { resume: 30 }).result();
    expect([result.outcome, result.text, result.attempts]).toEqual(['complete', whole, 1]);
  });
});
