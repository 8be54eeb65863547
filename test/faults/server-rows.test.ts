import { gzipSync } from 'node:zlib';
import { describe, it } from 'vitest';
import { type FaultServer, type FaultStep, startFaultServer } from '../support/fault-server.js';
import { healthy } from './healthy-provider.js';
import { ampleTimes, type Served, serve } from './serve.js';
import { errorBody, finish, head, json, role, text, wholeText } from './wire.js';

/** What the fault matrix asks of the server beyond a true end and a whole answer. */

const start = (steps: readonly FaultStep[]): Promise<FaultServer> => startFaultServer(() => steps);
const limited = (headers: Record<string, string>): readonly FaultStep[] =>
  json(429, errorBody('rate_limit_exceeded', 'Slow down.', 'rate_limit_error'), headers);

async function toRetryInMs(server: Served, provider: string): Promise<number> {
  const { data } = (await (await fetch(`${server.url}/providers/health`)).json()) as {
    data: { provider: string; retry_at: string | null }[];
  };
  return Date.parse(data.find((one) => one.provider === provider)?.retry_at ?? '') - Date.now();
}

describe.concurrent('a provider that limits', () => {
  it.for<[row: number, name: string, headers: Record<string, string>, leastMs: number, mostMs: number]>([
    [15, 'for seconds', { 'retry-after': '40' }, 30_000, 40_000],
    [
      16,
      'until a date of a clock that is an hour fast',
      {
        date: new Date(Date.now() + 3_600_000).toUTCString(),
        'retry-after': new Date(Date.now() + 3_640_000).toUTCString(),
      },
      30_000,
      40_000,
    ],
    [17, 'until the past', { 'retry-after': '-5' }, 0, 1000],
    [18, 'for an hour', { 'retry-after': '3600' }, 290_000, 300_000],
    [18, 'for longer than any timer', { 'retry-after': '999999999999999' }, 290_000, 300_000],
    [19, 'without a word', {}, 0, 1000],
  ])('is left alone %i: %s', async ([, , headers, leastMs, mostMs], { expect }) => {
    await using first = await start(limited(headers));
    await using second = await startFaultServer(healthy(wholeText));
    await using server = await serve([first.url, second.url], ampleTimes);
    for (const stream of [true, false]) expect((await server.ask({ stream })).text).toBe(wholeText);
    expect(first.requests).toHaveLength(1);
    const retryInMs = await toRetryInMs(server, 'p0');
    expect(retryInMs).toBeGreaterThan(leastMs);
    expect(retryInMs).toBeLessThanOrEqual(mostMs + 1000);
  });

  it('makes the caller wait for the soonest of all (row 15)', async ({ expect }) => {
    await using first = await start(limited({ 'retry-after': '90' }));
    await using second = await start(limited({ 'retry-after': '70' }));
    await using server = await serve([first.url, second.url], ampleTimes);
    for (let index = 0; index < 3; index += 1) {
      const { status, code, headers } = await server.ask({ stream: index > 0 });
      expect([status, code]).toEqual([429, 'rate_limit_exceeded']);
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(60);
      expect(Number(headers.get('retry-after'))).toBeLessThanOrEqual(70);
    }
    expect([first.requests.length, second.requests.length]).toEqual([1, 1]);
  });

  it('because the account is empty is not asked again (row 20)', async ({ expect }) => {
    await using first = await start(json(429, errorBody('insufficient_quota', 'No money.', 'insufficient_quota')));
    await using second = await startFaultServer(healthy(wholeText));
    await using server = await serve([first.url, second.url], ampleTimes);
    for (let index = 0; index < 3; index += 1) expect((await server.ask()).text).toBe(wholeText);
    expect(first.requests).toHaveLength(1);
  });
});

describe.concurrent('a redirect (row 32)', () => {
  it.for([301, 302, 303, 307, 308])(
    '%i to another host gets neither the key nor the question',
    async (status, { expect }) => {
      await using thief = await startFaultServer(healthy('stolen'));
      const location = `${thief.url}/v1/chat/completions`;
      await using first = await start([head(status, { location, 'content-length': '0' }), 'end']);
      await using second = await startFaultServer(healthy(wholeText));
      await using pair = await serve([first.url, second.url], ampleTimes);
      await using alone = await serve([first.url], ampleTimes);
      for (const stream of [true, false]) {
        expect((await pair.ask({ stream })).text).toBe(wholeText);
        expect(await alone.ask({ stream })).toMatchObject({ status: 502, code: 'upstream_error' });
      }
      expect(thief.acceptedSockets()).toBe(0);
    },
  );
});

describe.concurrent('an answer without end', () => {
  it.for([true, false])(
    'is ended by the total limit, and its provider left (row 31): stream %s',
    async (stream, { expect }) => {
      await using first = await start([head(200), { forever: text('a '), everyMs: 20 }]);
      await using server = await serve([first.url]);
      const { status, code, isDone } = await server.ask({ stream });
      expect([status, code, isDone]).toEqual([stream ? 200 : 504, 'upstream_timeout', false]);
      await expect.poll(() => first.openSockets(), { timeout: 3000 }).toBe(0);
      expect(first.requests).toHaveLength(1);
    },
  );

  it.for<[row: number, name: string, steps: FaultStep[]]>([
    [
      28,
      'unpacked',
      [head(200, { 'content-encoding': 'gzip' }), { send: gzipSync(`data: ${'x'.repeat(20_000_000)}`) }, 'stall'],
    ],
    [30, 'in one line', [head(200), { send: `${role}data: ` }, { send: Buffer.alloc(20_000_000, 'x') }, 'stall']],
  ])('is not kept (row %i): %s', async ([, , steps], { expect }) => {
    await using first = await start(steps);
    await using second = await startFaultServer(healthy(wholeText));
    await using pair = await serve([first.url, second.url], ampleTimes);
    await using alone = await serve([first.url], ampleTimes);
    for (const stream of [true, false]) {
      expect((await pair.ask({ stream })).text).toBe(wholeText);
      expect(await alone.ask({ stream })).toMatchObject({ status: 502, code: 'upstream_error' });
    }
  });
});

it('asks a provider for bytes that are not packed, and says [DONE] once whatever it says (rows 26, 27, 28)', async ({
  expect,
}) => {
  await using first = await start([head(200), { send: role + text(wholeText) + finish }, 'end']);
  await using server = await serve([first.url]);
  const { raw } = await server.ask();
  expect(raw.match(/\[DONE\]/g)).toHaveLength(1);
  expect(first.requests[0]?.headers['accept-encoding']).toBe('identity');
});
