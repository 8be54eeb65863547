import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RetryNotice } from '../client-options.js';
import { NovaError } from '../errors/nova-error.js';
import { toStatusError } from '../errors/to-status-error.js';
import { createRetryBudget } from './create-retry-budget.js';
import { type RetryPolicy, runWithRetry } from './run-with-retry.js';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] }));
afterEach(() => void vi.useRealTimers());

interface Run {
  at: number[];
  notices: RetryNotice[];
  result: Promise<unknown>;
  abort(reason: Error): void;
}

const down = (): NovaError => new NovaError({ code: 'server_error', message: 'down' });
const limited = (headers: Record<string, string>, status = 429): NovaError =>
  toStatusError({ status, headers: { get: (name) => headers[name] ?? null } });

function run(
  fail: (attempt: number) => NovaError | undefined,
  policy: Partial<RetryPolicy> = {},
  deadline = Number.POSITIVE_INFINITY,
): Run {
  const at: number[] = [];
  const notices: RetryNotice[] = [];
  const controller = new AbortController();
  const start = performance.now();
  const delays = policy.delays ?? [1000, 2000, 4000];
  const result = runWithRetry(
    async (attempt) => {
      at.push(performance.now() - start);
      const error = fail(attempt);
      if (error) throw error;
      return attempt;
    },
    {
      policy: {
        delays,
        retries: delays.length,
        maxRetryAfterMs: 60_000,
        jitter: 0,
        budget: createRetryBudget(),
        onRetry: (notice) => void notices.push(notice),
        ...policy,
      },
      signal: controller.signal,
      deadline,
    },
  );
  result.catch(() => {});
  return { at, notices, result, abort: (reason) => controller.abort(reason) };
}

describe('runWithRetry', () => {
  it('waits exactly 1, 2 and 4 s and then throws the last error', async () => {
    const { at, result, notices } = run(down);
    await vi.advanceTimersByTimeAsync(60_000);
    await expect(result).rejects.toMatchObject({ code: 'server_error', attempts: 4 });
    expect(at).toEqual([0, 1000, 3000, 7000]);
    expect(notices.map(({ attempt, delayMs, source }) => [attempt, delayMs, source])).toEqual([
      [1, 1000, 'delays'],
      [2, 2000, 'delays'],
      [3, 4000, 'delays'],
    ]);
  });

  it('leaves no timer behind when onRetry throws', async () => {
    const onRetry = (): never => {
      throw new Error('oops');
    };
    const { result, at } = run(down, { onRetry });
    await expect(result).rejects.toThrow('oops');
    expect(vi.getTimerCount()).toBe(0);
    expect(at).toEqual([0]);
  });

  it.each<[string, Partial<RetryPolicy>, number[]]>([
    ['the last delay again when more retries are asked for', { retries: 5 }, [0, 1000, 3000, 7000, 11_000, 15_000]],
    ['fewer when fewer are asked for', { retries: 1 }, [0, 1000]],
    ['none with an empty list', { delays: [] }, [0]],
    ['none with retries: 0', { retries: 0 }, [0]],
  ])('takes %s', async (_, policy, expected) => {
    const { at } = run(down, policy);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(at).toEqual(expected);
  });

  it.each<[string, Record<string, string>, number, RetryNotice['source']]>([
    ['retry-after-ms', { 'retry-after-ms': '1500', 'retry-after': '9' }, 1500, 'retry-after'],
    ['seconds', { 'retry-after': '3' }, 3000, 'retry-after'],
    ['a fraction', { 'retry-after': '0.5' }, 500, 'retry-after'],
    [
      'a date against the Date of a server whose clock is wrong',
      { 'retry-after': 'Sat, 01 Jan 2000 00:00:05 GMT', date: 'Sat, 01 Jan 2000 00:00:00 GMT' },
      5000,
      'retry-after',
    ],
    ['60 s, the limit', { 'retry-after': '60' }, 60_000, 'retry-after'],
    ['a past date', { 'retry-after': 'Sat, 01 Jan 2000 00:00:05 GMT' }, 1000, 'delays'],
    ['zero', { 'retry-after': '0' }, 1000, 'delays'],
    ['a negative number', { 'retry-after': '-5' }, 1000, 'delays'],
    ['garbage', { 'retry-after': 'in 12 days' }, 1000, 'delays'],
    ['garbage in retry-after-ms', { 'retry-after-ms': 'x', 'retry-after': '2' }, 2000, 'retry-after'],
    ['nothing', {}, 1000, 'delays'],
  ])('waits as the server asks with %s', async (_, headers, delayMs, source) => {
    const { at, notices, result } = run((attempt) => (attempt === 1 ? limited(headers) : undefined));
    await vi.advanceTimersByTimeAsync(70_000);
    expect(await result).toBe(2);
    expect(at).toEqual([0, delayMs]);
    expect(notices).toMatchObject([{ attempt: 1, delayMs, source, error: { code: 'rate_limited' } }]);
  });

  it.each([
    ['61 s', '61', 61_000],
    ['an hour', '3600', 3_600_000],
    ['more than a timer can hold', '1000000000000', 2 ** 31 - 1],
    ['more than a number can hold', '9'.repeat(400), 2 ** 31 - 1],
  ])('fails at once when the server asks for %s', async (_, value, retryAfterMs) => {
    const { at, result } = run(() => limited({ 'retry-after': value }));
    await expect(result).rejects.toMatchObject({ code: 'rate_limited', retryAfterMs, attempts: 1 });
    expect(at).toEqual([0]);
  });

  it.each<[number, Record<string, string>, boolean]>([
    [400, {}, false],
    [401, {}, false],
    [403, {}, false],
    [404, {}, false],
    [408, {}, true],
    [409, {}, true],
    [413, {}, false],
    [422, {}, false],
    [425, {}, true],
    [429, {}, true],
    [500, {}, true],
    [501, {}, false],
    [502, {}, true],
    [503, {}, true],
    [504, {}, true],
    [529, {}, true],
    [503, { 'x-should-retry': 'false' }, false],
    [400, { 'x-should-retry': 'true' }, true],
  ])('after status %i with %j asks again: %s', async (status, headers, again) => {
    const { at } = run((attempt) => (attempt === 1 ? limited(headers, status) : undefined));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(at).toHaveLength(again ? 2 : 1);
  });

  it('tells before the wait, which can be ended or given up', async () => {
    const soon = run(down, { onRetry: ({ retryNow }) => retryNow() });
    await vi.advanceTimersByTimeAsync(0);
    expect(soon.at).toEqual([0, 0, 0, 0]);
    const never = run(down, { onRetry: ({ cancel }) => cancel() });
    await expect(never.result).rejects.toMatchObject({ code: 'server_error', attempts: 1 });
  });

  it('ends a wait with the signal', async () => {
    const { at, result, abort } = run(down);
    await vi.advanceTimersByTimeAsync(500);
    const reason = new NovaError({ code: 'aborted', message: 'x' });
    abort(reason);
    await expect(result).rejects.toBe(reason);
    expect(at).toEqual([0]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('does not wait beyond the deadline', async () => {
    const { at, result } = run(down, {}, performance.now() + 2500);
    await vi.advanceTimersByTimeAsync(60_000);
    await expect(result).rejects.toMatchObject({ code: 'server_error' });
    expect(at).toEqual([0, 1000]);
  });

  it('adds at most 10 % and 50 requests to the load of a server that is down', async () => {
    const policy = { budget: createRetryBudget() };
    const runs: Run[] = [];
    for (let call = 0; call < 1000; call++) {
      runs.push(run(down, policy));
      await vi.advanceTimersByTimeAsync(60);
    }
    await vi.advanceTimersByTimeAsync(10_000);
    const attempts = runs.reduce((sum, { at }) => sum + at.length, 0);
    expect(attempts).toBeLessThanOrEqual(1000 * 1.1 + 50);
    expect(attempts).toBeGreaterThan(1000);
  });

  it('gives a client that seldom calls all its retries', async () => {
    const policy = { budget: createRetryBudget() };
    for (let call = 0; call < 20; call++) {
      const { at } = run(down, policy);
      await vi.advanceTimersByTimeAsync(60_000);
      expect(at).toHaveLength(4);
    }
  });

  it('spreads 200 clients that one outage hit at the same time, when jitter is on', async () => {
    const runs = Array.from({ length: 200 }, () => run(down, { jitter: 1, retries: 1, delays: [4000] }));
    await vi.advanceTimersByTimeAsync(10_000);
    const buckets = new Map<number, number>();
    for (const { at } of runs) {
      const bucket = Math.floor((at[1] ?? 0) / 100);
      buckets.set(bucket, (buckets.get(bucket) ?? 0) + 1);
    }
    expect(Math.max(...buckets.values())).toBeLessThanOrEqual(20);
  });

  it('waits exactly 1, 2 and 4 s in real time too', { timeout: 30_000 }, async () => {
    vi.useRealTimers();
    const begun: Promise<number>[] = [];
    // A plain timer behind each wait: a machine that is late is so for both, and never in another order.
    const onRetry = ({ delayMs }: RetryNotice): void => {
      begun.push(new Promise((resolve) => setTimeout(() => resolve(at.length), delayMs + 20)));
    };
    const { at, result } = run(down, { onRetry });
    await expect(result).rejects.toMatchObject({ attempts: 4 });
    expect(await Promise.all(begun)).toEqual([2, 3, 4]);
    const gaps = [1, 2, 3].map((index) => (at[index] ?? 0) - (at[index - 1] ?? 0));
    // Timers of Node may fire a millisecond early.
    for (const [index, gap] of gaps.entries()) expect(gap).toBeGreaterThanOrEqual(1000 * 2 ** index - 1);
  });
});
