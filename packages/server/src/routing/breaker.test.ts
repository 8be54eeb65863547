import { describe, expect, it } from 'vitest';
import { Breaker, type Permit, type Verdict } from './breaker.js';

/** A breaker on a clock that the test moves. */
function setUp() {
  const clock = { ms: 5000 };
  const changes: unknown[] = [];
  const breaker: Breaker = new Breaker({ now: () => clock.ms, onChange: () => changes.push(breaker.snapshot()) });
  const take = (): Permit => {
    const permit = breaker.acquire();
    if (!permit) throw new Error(`not now: ${breaker.state()}, ${breaker.retryInMs()} ms left`);
    return permit;
  };
  const call = (kind: 'success' | 'failure' | 'neutral' | 'misconfigured') => take().settle({ kind });
  const limit = (retryAfterMs?: number) => take().settle({ kind: 'rate-limited', retryAfterMs });
  const open = () => {
    for (let count = 0; count < 3; count++) call('failure');
  };
  return { clock, breaker, changes, take, call, limit, open };
}

describe('Breaker', () => {
  it('opens at the third failure in a row', () => {
    const { breaker, call } = setUp();
    call('failure');
    call('failure');
    expect(breaker.state()).toBe('closed');
    call('failure');
    expect(breaker.state()).toBe('open');
    expect(breaker.retryInMs()).toBe(1000);
    expect(breaker.acquire()).toBeUndefined();
  });

  it('starts to count again after a success', () => {
    const { breaker, call } = setUp();
    for (const kind of ['failure', 'failure', 'success', 'failure', 'failure'] as const) call(kind);
    expect(breaker.state()).toBe('closed');
  });

  it('neither counts nor forgets for what is the fault of the caller', () => {
    const { breaker, call } = setUp();
    for (let count = 0; count < 10; count++) call('neutral');
    expect(breaker.state()).toBe('closed');
    for (const kind of ['failure', 'neutral', 'failure', 'neutral', 'failure'] as const) call(kind);
    expect(breaker.state()).toBe('open');
  });

  it('stays open for 1, 2, 4 … 60 s while probe after probe fails, and begins anew after a success', () => {
    const { clock, breaker, call, open } = setUp();
    open();
    const waits: number[] = [];
    for (let count = 0; count < 9; count++) {
      waits.push(breaker.retryInMs());
      clock.ms += breaker.retryInMs() - 1;
      expect(breaker.acquire()).toBeUndefined();
      clock.ms += 1;
      call('failure');
    }
    expect(waits).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000]);
    clock.ms += 60_000;
    call('success');
    open();
    expect(breaker.retryInMs()).toBe(1000);
  });

  it('lets one of 50 through at the instant of half-open, and tells the others at once', () => {
    const { clock, breaker, open } = setUp();
    open();
    clock.ms += 1000;
    const permits = Array.from({ length: 50 }, () => breaker.acquire());
    expect(permits.filter((permit) => permit !== undefined)).toHaveLength(1);
    expect(breaker.retryInMs()).toBe(30_000);
  });

  it.each<[string, (permit: Permit) => void]>([
    ['is released', (permit) => permit.release()],
    ['is aborted or the fault of its caller', (permit) => permit.settle({ kind: 'neutral' })],
  ])('lets the next call probe when a probe %s', (_name, end) => {
    const { clock, breaker, take, open } = setUp();
    open();
    clock.ms += 1000;
    const probe = take();
    end(probe);
    expect(breaker.state()).toBe('half_open');
    expect(take().probe).toBe(true);
    probe.settle({ kind: 'success' });
    expect(breaker.state(), 'a verdict after the release').toBe('half_open');
  });

  it('probes again after the wait when a probe is rate-limited', () => {
    const { clock, breaker, take, limit, open } = setUp();
    open();
    clock.ms += 1000;
    limit(5000);
    expect(breaker.state()).toBe('cooling');
    clock.ms += 5000;
    expect(breaker.state()).toBe('half_open');
    expect(take().probe).toBe(true);
  });

  it('gives up on a probe that says nothing for 30 s, and still believes its late success', () => {
    const { clock, breaker, take, open } = setUp();
    open();
    clock.ms += 1000;
    const slow = take();
    clock.ms += 29_999;
    expect(breaker.acquire()).toBeUndefined();
    clock.ms += 1;
    expect(take().probe).toBe(true);
    slow.settle({ kind: 'success' });
    expect(breaker.state()).toBe('closed');
  });

  it('lets the others in as soon as a probe answers, and is on trial until one call has ended well', () => {
    const { clock, breaker, take, call, open } = setUp();
    open();
    clock.ms += 1000;
    const probe = take();
    probe.answering();
    expect(breaker.state()).toBe('closed');
    call('neutral');
    probe.settle({ kind: 'failure' });
    expect(breaker.retryInMs(), 'one failure on trial opens for the next longer time').toBe(2000);
    clock.ms += 2000;
    take().answering();
    call('success');
    call('failure');
    call('failure');
    expect(breaker.state(), 'the trial is over').toBe('closed');
  });

  it('does not count what a call says that began before the last turn', () => {
    const { clock, breaker, take, open, call } = setUp();
    const early = Array.from({ length: 20 }, take);
    open();
    for (const permit of early.slice(0, 10)) permit.settle({ kind: 'failure' });
    expect(breaker.retryInMs()).toBe(1000);
    for (const permit of early.slice(10)) permit.settle({ kind: 'success' });
    expect(breaker.state()).toBe('open');
    clock.ms += 1000;
    call('success');
    expect(breaker.state()).toBe('closed');
  });

  it.each([
    ['what it asks', 12_000, 12_000],
    ['half a second', 500, 500],
    ['5 minutes at most', 3_600_000, 300_000],
    ['5 minutes for an overflow', Number.POSITIVE_INFINITY, 300_000],
    ['1 s without a word', undefined, 1000],
    ['1 s for 0', 0, 1000],
    ['1 s for the past', -3, 1000],
    ['1 s for garbage', Number.NaN, 1000],
  ])('parks a provider that limits for %s', (_name, askedMs, expectedMs) => {
    const { clock, breaker, limit } = setUp();
    limit(askedMs);
    expect([breaker.state(), breaker.retryInMs()]).toEqual(['cooling', expectedMs]);
    clock.ms += expectedMs;
    expect(breaker.retryInMs()).toBe(0);
  });

  it('is closed after a wait that the provider named, and probes after one that was cut short', () => {
    const { clock, breaker, limit, take } = setUp();
    limit(60_000);
    clock.ms += 60_000;
    expect([breaker.state(), take().probe]).toEqual(['closed', false]);
    limit(3_600_000);
    clock.ms += 300_000;
    expect([breaker.state(), take().probe]).toEqual(['half_open', true]);
    expect(breaker.acquire()).toBeUndefined();
  });

  it('extends a cooldown by a longer wait and never shortens it', () => {
    const { clock, breaker, take } = setUp();
    const permits = Array.from({ length: 4 }, take);
    const waits = [10_000, 2000, 30_000, undefined];
    const left = waits.map((retryAfterMs, index) => {
      permits[index]?.settle({ kind: 'rate-limited', retryAfterMs });
      clock.ms += 1000;
      return breaker.retryInMs();
    });
    expect(left).toEqual([9000, 8000, 29_000, 28_000]);
  });

  it('waits longer at each 429 in a row without a wait of its own, but counts a burst once', () => {
    const { clock, breaker, take, limit } = setUp();
    const burst = Array.from({ length: 50 }, take);
    for (const permit of burst) permit.settle({ kind: 'rate-limited' });
    expect(breaker.retryInMs()).toBe(1000);
    clock.ms += 1000;
    limit();
    expect(breaker.retryInMs()).toBe(2000);
  });

  it('leaves the failure count alone at a 429', () => {
    const { clock, breaker, call, limit } = setUp();
    call('failure');
    call('failure');
    limit(1000);
    clock.ms += 1000;
    call('failure');
    expect(breaker.state()).toBe('open');
  });

  it('parks refused credentials for a minute, then tests them with one call', () => {
    const { clock, breaker, call, take } = setUp();
    call('misconfigured');
    expect([breaker.state(), breaker.retryInMs()]).toEqual(['misconfigured', 60_000]);
    clock.ms += 60_000;
    const probe = take();
    expect(breaker.acquire()).toBeUndefined();
    probe.settle({ kind: 'misconfigured' });
    expect(breaker.state()).toBe('misconfigured');
    clock.ms += 60_000;
    call('success');
    expect(breaker.state()).toBe('closed');
  });

  it.each([3_600_000, -3_600_000, -4000])(
    'opens for no longer than its time when the clock jumps by %d ms',
    (jumpMs) => {
      const { clock, breaker, open } = setUp();
      open();
      clock.ms += jumpMs;
      expect(breaker.retryInMs()).toBeLessThanOrEqual(1000);
      clock.ms += 1000;
      expect(breaker.acquire()?.probe).toBe(true);
      const other = setUp();
      other.limit(10_000);
      other.clock.ms += jumpMs;
      expect(other.breaker.retryInMs()).toBeLessThanOrEqual(10_000);
      other.clock.ms += 10_000;
      expect(other.breaker.state()).toBe('closed');
    },
  );

  it('tells others what they should know, and takes over what they tell', () => {
    const { clock, breaker, changes, open, take } = setUp();
    const twin = setUp();
    open();
    expect(changes).toEqual([{ openings: 1, openMs: 1000, cooldownMs: 0 }]);
    const follow = () => twin.breaker.adopt(breaker.snapshot());
    follow();
    expect([twin.breaker.state(), twin.breaker.retryInMs()]).toEqual(['open', 1000]);
    clock.ms += 1000;
    twin.clock.ms += 1000;
    const probe = take();
    follow();
    expect(twin.breaker.acquire(), 'a probe of one instance holds back the others').toBeUndefined();
    probe.release();
    follow();
    expect(twin.breaker.state()).toBe('half_open');
    take().settle({ kind: 'success' });
    follow();
    expect(twin.breaker.state()).toBe('closed');
    expect(changes).toHaveLength(3);
  });

  it('leaves a test to another instance for as long as that may take, and counts nothing of it', () => {
    const { clock, breaker, changes, open, take } = setUp();
    open();
    clock.ms += 1000;
    const probe = take();
    expect(changes).toHaveLength(1);
    probe.announce();
    expect(changes[1]).toEqual({ openings: 1, openMs: 30_000, cooldownMs: 0 });
    probe.giveWay(500);
    expect([breaker.state(), breaker.retryInMs()]).toEqual(['open', 500]);
    probe.settle({ kind: 'failure' });
    clock.ms += 500;
    take().giveWay(1e9);
    expect([breaker.state(), breaker.retryInMs()]).toEqual(['open', 30_000]);
    expect(changes).toHaveLength(2);
  });

  it('does not believe more than its own limits', () => {
    const { breaker } = setUp();
    breaker.adopt({ openings: 1e9, openMs: 1e15, cooldownMs: 1e15 });
    expect(breaker.retryInMs()).toBe(300_000);
  });

  it('keeps refused credentials and trials to itself', () => {
    const { clock, breaker, call, changes } = setUp();
    call('misconfigured');
    expect(breaker.snapshot()).toEqual({ openings: 0, openMs: 0, cooldownMs: 0 });
    breaker.adopt({ openings: 0, openMs: 0, cooldownMs: 0 });
    expect(breaker.state()).toBe('misconfigured');
    expect(changes).toEqual([]);
    clock.ms += 60_000;
    expect(breaker.state()).toBe('half_open');
  });

  it('counts a verdict once', () => {
    const { breaker, take } = setUp();
    const permit = take();
    const failure: Verdict = { kind: 'failure' };
    for (let count = 0; count < 5; count++) permit.settle(failure);
    expect(breaker.state()).toBe('closed');
  });
});
