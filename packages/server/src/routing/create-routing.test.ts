import type { NovaErrorCode } from '@nova-chat/client/protocol';
import { NovaError } from '@nova-chat/client/stream';
import { describe, expect, it } from 'vitest';
import { type Attempt, createRouting, type RoutingOptions } from './create-routing.js';
import { createMemoryBus } from './testing/create-memory-bus.js';

const claude = { provider: { name: 'claude' }, model: 'large' };
const claudeSmall = { provider: { name: 'claude' }, model: 'small' };
const groq = { provider: { name: 'groq' }, model: 'llama' };
const targets = [claude, groq];

const toError = (code: NovaErrorCode, retryAfterMs?: number) =>
  new NovaError({ code, retryAfterMs, message: 'secret' });

function setUp(options: RoutingOptions = {}) {
  const clock = { ms: 0 };
  const start = Date.UTC(2026, 0, 1);
  const routing = createRouting({ now: () => clock.ms, wallNow: () => start + clock.ms, ...options });
  const begin = (target: typeof claude): Attempt => {
    const attempt = routing.begin(target);
    if (!attempt) throw new Error('not now');
    return attempt;
  };
  const fail = (target: typeof claude, code: NovaErrorCode, retryAfterMs?: number) => {
    const attempt = begin(target);
    attempt.fail(toError(code, retryAfterMs));
    attempt.end();
  };
  const open = (target: typeof claude) => {
    for (let count = 0; count < 3; count++) fail(target, 'connection_error');
  };
  const ready = () => routing.candidates(targets).ready.map(({ provider }) => provider.name);
  return { clock, routing, begin, fail, open, ready };
}

describe('createRouting', () => {
  it('leaves a sick provider out, and puts it back in its place for one probe', () => {
    const { clock, open, ready, begin, routing } = setUp();
    open(claude);
    expect(ready()).toEqual(['groq']);
    clock.ms += 1000;
    expect(ready()).toEqual(['claude', 'groq']);
    const probe = begin(claude);
    expect(ready()).toEqual(['groq']);
    expect(routing.begin(claude)).toBeUndefined();
    probe.succeed();
    expect(ready()).toEqual(['claude', 'groq']);
  });

  it('gives 1 of 50 requests at the half-open instant the sick provider, and 49 the next one', () => {
    const { clock, open, routing } = setUp();
    open(claude);
    clock.ms += 1000;
    const lists = Array.from({ length: 50 }, () => routing.candidates(targets).ready);
    const served = lists.map((list) => list.find((target) => routing.begin(target))?.provider.name);
    expect(served.filter((name) => name === 'claude')).toHaveLength(1);
    expect(served.filter((name) => name === 'groq')).toHaveLength(49);
  });

  it('says when the first may be asked again when nobody may be asked', () => {
    const { open, fail, routing } = setUp();
    fail(claude, 'rate_limited', 20_000);
    open(groq);
    expect(routing.candidates(targets)).toEqual({ ready: [], retryInMs: 1000 });
    expect(routing.retryInMs(claude)).toBe(20_000);
  });

  it('keeps the models of one provider apart', () => {
    const { open, routing } = setUp();
    open(claude);
    expect(routing.candidates([claude, claudeSmall]).ready).toEqual([claudeSmall]);
  });

  it('parks every model of a provider whose key is refused, and only the one that is forbidden', () => {
    const alarms: string[] = [];
    const { clock, fail, routing, begin } = setUp({
      onMisconfigured: (provider, errorClass) => alarms.push(`${provider}: ${errorClass}`),
    });
    begin(claudeSmall).succeed();
    fail(claude, 'permission_error');
    expect(routing.candidates([claude, claudeSmall]).ready).toEqual([claudeSmall]);
    clock.ms += 60_000;
    fail(claude, 'authentication_error');
    expect(routing.candidates([claude, claudeSmall, groq]).ready).toEqual([groq]);
    expect(alarms).toEqual(['claude: permission_error', 'claude: authentication_error']);
  });

  it('takes an attempt that only ends as given up: neither failure nor success', () => {
    const { routing, begin } = setUp();
    for (let count = 0; count < 5; count++) begin(claude).end();
    expect(routing.report([claude]).data[0]).toMatchObject({
      breaker: 'closed',
      total_calls: 5,
      failed_calls: 0,
      in_flight: 0,
      p50_ms: null,
    });
  });

  it('has nothing in flight after every kind of end, also after two', () => {
    const { routing, begin } = setUp();
    const ends: ((attempt: Attempt) => void)[] = [
      (attempt) => attempt.succeed(),
      (attempt) => attempt.fail(toError('server_error')),
      (attempt) => attempt.fail(toError('aborted')),
      (attempt) => attempt.fail(toError('bad_request')),
      () => {},
    ];
    const attempts = ends.map(() => begin(groq));
    expect(routing.report([groq]).data[0]?.in_flight).toBe(5);
    for (const [index, attempt] of attempts.entries()) {
      ends[index]?.(attempt);
      attempt.end();
      attempt.end();
    }
    expect(routing.report([groq]).data[0]).toMatchObject({ in_flight: 0, total_calls: 5, failed_calls: 1 });
  });

  it('tells another instance of an open breaker, and of its recovery', () => {
    const join = createMemoryBus();
    const first = setUp({ shared: join() });
    const second = setUp({ shared: join() });
    expect(second.ready()).toEqual(['claude', 'groq']);
    first.open(claude);
    expect(second.ready()).toEqual(['groq']);
    first.clock.ms += 1000;
    second.clock.ms += 1000;
    first.begin(claude).succeed();
    expect(second.ready()).toEqual(['claude', 'groq']);
  });
});

describe('report', () => {
  it('counts no time that a call waited for a connection', () => {
    const { clock, routing, begin } = setUp();
    const attempt = begin(claude);
    clock.ms += 700;
    attempt.connected();
    clock.ms += 50;
    attempt.firstContent();
    clock.ms += 30;
    attempt.succeed();
    expect(routing.report([claude]).data[0]).toMatchObject({ first_token_p50_ms: 50, p50_ms: 80 });
  });

  it('lists providers with their models in the wire shape', () => {
    const { clock, routing, begin, fail } = setUp();
    for (const ms of [100, 300, 200, 400]) {
      const attempt = begin(claude);
      clock.ms += 50;
      attempt.firstContent();
      clock.ms += ms - 50;
      attempt.succeed();
      attempt.end();
    }
    fail(claudeSmall, 'rate_limited', 30_000);
    begin(claude);
    const report = routing.report([claude, claudeSmall, groq], (name) => (name === 'claude' ? { open: 3 } : undefined));
    expect(report).toEqual({
      object: 'list',
      data: [
        {
          provider: 'claude',
          healthy: true,
          breaker: 'closed',
          last_error: { class: 'rate_limited', at: '2026-01-01T00:00:01.000Z' },
          last_checked: '2026-01-01T00:00:01.000Z',
          total_calls: 5,
          failed_calls: 1,
          success_rate: 0.8,
          p50_ms: 200,
          p95_ms: 400,
          first_token_p50_ms: 50,
          retry_at: null,
          in_flight: 1,
          pool: { open: 3 },
          models: [
            {
              model: 'large',
              healthy: true,
              breaker: 'closed',
              last_error: null,
              last_checked: '2026-01-01T00:00:01.000Z',
              total_calls: 4,
              failed_calls: 0,
              success_rate: 1,
              p50_ms: 200,
              p95_ms: 400,
              first_token_p50_ms: 50,
              retry_at: null,
              in_flight: 1,
            },
            {
              model: 'small',
              healthy: false,
              breaker: 'cooling',
              last_error: { class: 'rate_limited', at: '2026-01-01T00:00:01.000Z' },
              last_checked: '2026-01-01T00:00:01.000Z',
              total_calls: 1,
              failed_calls: 1,
              success_rate: 0,
              p50_ms: null,
              p95_ms: null,
              first_token_p50_ms: null,
              retry_at: '2026-01-01T00:00:31.000Z',
              in_flight: 0,
            },
          ],
        },
        expect.objectContaining({
          provider: 'groq',
          healthy: true,
          last_checked: null,
          success_rate: null,
          pool: null,
        }),
      ],
    });
  });

  it('never repeats what a provider said', () => {
    const { routing, begin, fail } = setUp();
    fail(claude, 'authentication_error');
    const attempt = begin(groq);
    attempt.fail(new TypeError('secret'));
    expect(JSON.stringify(routing.report(targets))).not.toContain('secret');
  });

  it('forgets old durations, so that the figures are of now and the memory is bounded', () => {
    const { clock, routing, begin } = setUp();
    for (let count = 0; count < 1000; count++) {
      const attempt = begin(groq);
      clock.ms += count < 800 ? 5000 : 10;
      attempt.succeed();
    }
    expect(routing.report([groq]).data[0]).toMatchObject({ total_calls: 1000, p50_ms: 10, p95_ms: 10 });
  });

  it('has no negative figures when the clock goes back', () => {
    const { clock, routing, begin } = setUp();
    const attempt = begin(groq);
    clock.ms -= 3_600_000;
    attempt.firstContent();
    attempt.succeed();
    expect(routing.report([groq]).data[0]).toMatchObject({ p50_ms: 0, first_token_p50_ms: 0 });
  });
});
