import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Breaker, type Permit, type Verdict } from './breaker.js';

/**
 * What a breaker must do, told a second time and more simply: absolute times instead of holds, and one list of the
 * calls under way.
 */
interface Model {
  now: number;
  blocked: boolean;
  failures: number;
  openings: number;
  cooldowns: number;
  openUntil: number;
  coolUntil: number;
  parkedUntil: number;
  /** Calls since the last turn; those from before are no news. */
  current: Set<number>;
  prober: { call: number; until: number } | undefined;
  calls: { done: boolean }[];
}

interface Real {
  clock: { ms: number };
  breaker: Breaker;
  permits: (Permit | undefined)[];
}

type Command = fc.Command<Model, Real>;

const waitMs = (count: number) => Math.min(60_000, 1000 * 2 ** (count - 1));

function turn(model: Model, blocked: boolean): void {
  model.blocked = blocked;
  model.failures = 0;
  model.prober = undefined;
  model.current = new Set();
}

function mayAcquire({ now, blocked, openUntil, coolUntil, parkedUntil, prober }: Model): boolean {
  if (now < coolUntil || now < parkedUntil) return false;
  return !blocked || (now >= openUntil && (prober === undefined || now >= prober.until));
}

function expectedState({ now, blocked, openUntil, coolUntil, parkedUntil }: Model): string {
  if (now < parkedUntil) return 'misconfigured';
  if (blocked && now < openUntil) return 'open';
  if (now < coolUntil) return 'cooling';
  return blocked ? 'half_open' : 'closed';
}

const rules: Record<Verdict['kind'], (model: Model, isNews: boolean, askedMs: number | undefined) => void> = {
  neutral: () => {},
  success(model, isNews) {
    if (!isNews) return;
    if (model.blocked) turn(model, false);
    Object.assign(model, { openings: 0, failures: 0, cooldowns: 0 });
  },
  failure(model, isNews) {
    if (!isNews) return;
    model.failures += 1;
    if (!model.blocked && model.failures < 3) return;
    model.openings += 1;
    model.openUntil = model.now + waitMs(model.openings);
    turn(model, true);
  },
  'rate-limited'(model, _isNews, askedMs) {
    if (model.now >= model.coolUntil) model.cooldowns += 1;
    const ms = askedMs && askedMs > 0 ? askedMs : waitMs(model.cooldowns);
    model.coolUntil = Math.max(model.coolUntil, model.now + Math.min(ms, 300_000));
    if (ms > 300_000 && !model.blocked) turn(model, true);
  },
  misconfigured(model) {
    model.parkedUntil = model.now + 60_000;
    if (!model.blocked) turn(model, true);
  },
};

class Acquire implements Command {
  check = () => true;
  run(model: Model, real: Real): void {
    const allowed = mayAcquire(model);
    const permit = real.breaker.acquire();
    expect(permit !== undefined).toBe(allowed);
    if (!permit) return;
    expect(permit.probe).toBe(model.blocked);
    const call = model.calls.push({ done: false }) - 1;
    model.current.add(call);
    if (model.blocked) model.prober = { call, until: model.now + 30_000 };
    real.permits.push(permit);
  }
  toString = () => 'acquire';
}

class Settle implements Command {
  readonly pick: number;
  readonly verdict: Verdict;
  constructor(pick: number, verdict: Verdict) {
    this.pick = pick;
    this.verdict = verdict;
  }
  check = (model: Readonly<Model>) => model.calls.some(({ done }) => !done);
  run(model: Model, real: Real): void {
    const open = [...model.calls.keys()].filter((index) => !model.calls[index]?.done);
    const call = open[this.pick % open.length] ?? 0;
    const entry = model.calls[call];
    if (entry) entry.done = true;
    const isNews = model.current.has(call);
    if (model.prober?.call === call) model.prober = undefined;
    const { verdict } = this;
    rules[verdict.kind](model, isNews, 'retryAfterMs' in verdict ? verdict.retryAfterMs : undefined);
    real.permits[call]?.settle(verdict);
    // What `finally` does.
    real.permits[call]?.release();
    expect(real.breaker.state()).toBe(expectedState(model));
  }
  toString = () => `settle(${this.pick}, ${JSON.stringify(this.verdict)})`;
}

class Answer implements Command {
  readonly pick: number;
  constructor(pick: number) {
    this.pick = pick;
  }
  check = (model: Readonly<Model>) => model.calls.some(({ done }) => !done);
  run(model: Model, real: Real): void {
    const open = [...model.calls.keys()].filter((index) => !model.calls[index]?.done);
    const call = open[this.pick % open.length] ?? 0;
    if (model.blocked && model.current.has(call)) {
      turn(model, false);
      model.current.add(call);
      model.failures = 2;
    }
    real.permits[call]?.answering();
    expect(real.breaker.state()).toBe(expectedState(model));
  }
  toString = () => `answer(${this.pick})`;
}

class Advance implements Command {
  readonly ms: number;
  constructor(ms: number) {
    this.ms = ms;
  }
  check = () => true;
  run(model: Model, real: Real): void {
    model.now += this.ms;
    real.clock.ms += this.ms;
    expect(real.breaker.state()).toBe(expectedState(model));
    expect(real.breaker.retryInMs() === 0).toBe(mayAcquire(model));
  }
  toString = () => `advance(${this.ms})`;
}

const askedMs = fc.constantFrom(undefined, -1, 0, 200, 1000, 7000, 60_000, 300_000, 300_001, 1e12);
const verdict: fc.Arbitrary<Verdict> = fc.oneof(
  { weight: 20, arbitrary: fc.constant<Verdict>({ kind: 'failure' }) },
  { weight: 4, arbitrary: fc.constant<Verdict>({ kind: 'success' }) },
  { weight: 2, arbitrary: fc.constant<Verdict>({ kind: 'neutral' }) },
  { weight: 1, arbitrary: fc.constant<Verdict>({ kind: 'misconfigured' }) },
  { weight: 1, arbitrary: askedMs.map((retryAfterMs): Verdict => ({ kind: 'rate-limited', retryAfterMs })) },
);
const commands = fc.commands(
  [
    fc.constant(new Acquire()),
    fc.constant(new Acquire()),
    fc.tuple(fc.nat(20), verdict).map(([pick, kind]) => new Settle(pick, kind)),
    fc.nat(20).map((pick) => new Answer(pick)),
    fc.constantFrom(1, 500, 999, 1000, 2000, 4000, 30_000, 60_000, 300_000).map((ms) => new Advance(ms)),
  ],
  // The default size ends most lives before their first opening.
  { maxCommands: 80, size: 'max' },
);

it('agrees with a simple model over 2,000 random lives', () => {
  const seen = { closed: 0, half_open: 0, cooling: 0, open: 0, misconfigured: 0 };
  let mostOpenings = 0;
  fc.assert(
    fc.property(commands, (list) => {
      const clock = { ms: 0 };
      const breaker = new Breaker({ now: () => clock.ms });
      const times = { now: 0, openUntil: 0, coolUntil: 0, parkedUntil: 0 };
      const counts = { failures: 0, openings: 0, cooldowns: 0 };
      const model: Model = { ...times, ...counts, blocked: false, current: new Set(), prober: undefined, calls: [] };
      fc.modelRun(() => ({ model, real: { clock, breaker, permits: [] } }), list);
      seen[breaker.state()] += 1;
      mostOpenings = Math.max(mostOpenings, model.openings);
    }),
    { numRuns: 2000 },
  );
  // The lives led everywhere: a test of idle breakers would agree with any model.
  for (const [state, count] of Object.entries(seen)) expect(count, state).toBeGreaterThan(20);
  expect(mostOpenings).toBeGreaterThan(3);
}, 60_000);
