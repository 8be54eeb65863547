/**
 * Keeps calls away from a sick provider: one breaker for each (provider, model), a state machine with the clock passed
 * in and no timers. It knows verdicts and times, and nothing of providers, errors or Redis.
 *
 * Own code because neither library gives these rules: in half-open cockatiel lets the others wait for the probe and
 * takes an unmatched error for a success; opossum opens on a percentage. Both read the wall clock.
 */
import { type Countdown, createCountdown } from './countdown.js';

/** `cooling`: the provider limits us. `misconfigured`: it refuses our key or credit. `half_open`: one call may test it. */
export type BreakerState = 'closed' | 'half_open' | 'cooling' | 'open' | 'misconfigured';

/** How a call ended. `neutral` says nothing about the provider: a fault of the caller, or an abort. */
export type Verdict =
  | { kind: 'success' | 'failure' | 'neutral' | 'misconfigured' }
  | { kind: 'rate-limited'; retryAfterMs?: number | undefined };

/** What other instances may know. Lengths instead of times, because the clocks of two machines do not agree. */
export interface BreakerSnapshot {
  /** Openings in a row; 0 is closed. */
  openings: number;
  /** Time until a probe may go, counting one that is under way. */
  openMs: number;
  cooldownMs: number;
}

/** The right to make one call. */
export interface Permit {
  /** True for the one call that tests a provider. */
  readonly probe: boolean;
  /** Tells the other instances that a test is under way. */
  announce(): void;
  /** Leaves the test to another instance, and waits for its outcome this long. Nothing is counted. */
  giveWay(waitMs: number): void;
  /** Says that content has come: a probe lets the others in before its own answer is over. */
  answering(): void;
  /** Counts once. */
  settle(verdict: Verdict): void;
  /** Belongs into `finally`. Without a verdict before it the call says nothing, and the next one may probe. */
  release(): void;
}

export interface BreakerOptions {
  /** Monotonic, in ms. */
  now: () => number;
  /** Told after each change that other instances should know of. */
  onChange?: (() => void) | undefined;
  /** Failures in a row that open. Default 3. */
  threshold?: number;
  /** First open time, doubled at each opening in a row. Default 1 s. */
  openMs?: number;
  /** Default 60 s. */
  maxOpenMs?: number;
  /** Longest park after a 429, whatever it asks for. Default 5 min. */
  maxCooldownMs?: number;
  /** Park after refused credentials. Default 60 s. */
  misconfiguredMs?: number;
  /** A probe that has said nothing for this long makes room for the next. Default 30 s. */
  probeMs?: number;
}

/** Keeps 2 ** n small; the cap on the open time is reached far below it. */
const maxSteps = 30;

export class Breaker {
  readonly #limits: Required<Omit<BreakerOptions, 'now' | 'onChange'>>;
  readonly #onChange: () => void;
  readonly #open: Countdown;
  readonly #cooldown: Countdown;
  readonly #misconfigured: Countdown;
  readonly #probing: Countdown;
  /** `blocked`: only a probe gets it out. */
  #gate: 'passing' | 'blocked' = 'passing';
  #failures = 0;
  #openings = 0;
  #cooldowns = 0;
  /** Grows as the gate turns: the verdict of a call of an earlier epoch is old news. */
  #epoch = 0;
  #probe: Permit | undefined;

  constructor(options: BreakerOptions) {
    const { now, onChange = () => {}, threshold = 3, openMs = 1000, maxOpenMs = 60_000 } = options;
    const { maxCooldownMs = 300_000, misconfiguredMs = 60_000, probeMs = 30_000 } = options;
    this.#limits = { threshold, openMs, maxOpenMs, maxCooldownMs, misconfiguredMs, probeMs };
    this.#onChange = onChange;
    this.#open = createCountdown(now);
    this.#cooldown = createCountdown(now);
    this.#misconfigured = createCountdown(now);
    this.#probing = createCountdown(now);
  }

  state(): BreakerState {
    if (this.#misconfigured.leftMs() > 0) return 'misconfigured';
    if (this.#gate === 'blocked' && this.#open.leftMs() > 0) return 'open';
    if (this.#cooldown.leftMs() > 0) return 'cooling';
    return this.#gate === 'blocked' ? 'half_open' : 'closed';
  }

  /** Time until `acquire` can succeed; 0 when it can now. */
  retryInMs(): number {
    return Math.max(this.#misconfigured.leftMs(), this.#cooldown.leftMs(), this.#openLeftMs());
  }

  /** Never waits; undefined means "not now". */
  acquire(): Permit | undefined {
    if (this.retryInMs() > 0) return undefined;
    const probe = this.#gate === 'blocked';
    const permit = this.#createPermit(probe);
    if (!probe) return permit;
    this.#probe = permit;
    this.#probing.set(this.#limits.probeMs);
    return permit;
  }

  /** Keeps calls away as if one had just been refused its credentials. */
  park(): void {
    this.#misconfigured.extend(this.#limits.misconfiguredMs);
    if (this.#gate === 'passing') this.#setGate('blocked');
  }

  snapshot(): BreakerSnapshot {
    return {
      openings: this.#gate === 'passing' ? 0 : this.#openings,
      openMs: this.#openLeftMs(),
      cooldownMs: this.#cooldown.leftMs(),
    };
  }

  /** Takes over what another instance saw. */
  adopt({ openings, openMs, cooldownMs }: BreakerSnapshot): void {
    const { maxOpenMs, probeMs, maxCooldownMs } = this.#limits;
    this.#cooldown.extend(Math.min(cooldownMs, maxCooldownMs));
    if (openings > 0) {
      this.#open.set(Math.min(openMs, Math.max(maxOpenMs, probeMs)));
      if (this.#gate === 'passing') this.#setGate('blocked');
    } else if (this.#openings > 0 && this.#gate === 'blocked' && this.#misconfigured.leftMs() === 0) {
      // Refused credentials stay this instance's own affair: another one may have other keys.
      this.#setGate('passing');
    }
    this.#openings = Math.min(openings, maxSteps);
  }

  #openLeftMs(): number {
    if (this.#gate === 'passing') return 0;
    return Math.max(this.#open.leftMs(), this.#probe ? this.#probing.leftMs() : 0);
  }

  #createPermit(probe: boolean): Permit {
    let madeIn = this.#epoch;
    let settled = false;
    const permit: Permit = {
      probe,
      announce: () => {
        if (this.#probe === permit && this.#openings > 0) this.#onChange();
      },
      giveWay: (waitMs) => {
        settled = true;
        if (this.#probe !== permit) return;
        this.#probe = undefined;
        this.#open.set(Math.min(waitMs, this.#limits.probeMs));
      },
      answering: () => {
        if (settled || madeIn !== this.#epoch || this.#gate === 'passing') return;
        this.#setGate('passing');
        madeIn = this.#epoch;
        // On trial: the openings stay and one failure opens again, until a call has ended well.
        this.#failures = this.#limits.threshold - 1;
        if (this.#openings > 0) this.#onChange();
      },
      settle: (verdict) => {
        if (settled) return;
        settled = true;
        const openings = this.#openings;
        const wasProbing = this.#probe === permit;
        if (wasProbing) this.#probe = undefined;
        this.#count(verdict, madeIn === this.#epoch);
        const hasTurned = this.#openings !== openings;
        if (hasTurned || (wasProbing && openings > 0) || verdict.kind === 'rate-limited') this.#onChange();
      },
      release: () => permit.settle({ kind: 'neutral' }),
    };
    return permit;
  }

  #count(verdict: Verdict, isNews: boolean): void {
    if (verdict.kind === 'rate-limited') this.#cool(verdict.retryAfterMs);
    if (verdict.kind === 'misconfigured') this.park();
    if (verdict.kind === 'success' && isNews) this.#recover();
    if (verdict.kind === 'failure' && isNews) this.#fail();
  }

  #fail(): void {
    this.#failures += 1;
    // A verdict that is news in a blocked state is a probe's.
    if (this.#gate === 'passing' && this.#failures < this.#limits.threshold) return;
    this.#openings = Math.min(this.#openings + 1, maxSteps);
    this.#open.set(this.#toWaitMs(this.#openings));
    this.#setGate('blocked');
  }

  #recover(): void {
    if (this.#gate === 'blocked') this.#setGate('passing');
    this.#openings = 0;
    this.#failures = 0;
    this.#cooldowns = 0;
  }

  #cool(askedMs: number | undefined): void {
    // Calls that were on their way when the first one was limited must not make the next wait longer.
    if (this.#cooldown.leftMs() === 0) this.#cooldowns = Math.min(this.#cooldowns + 1, maxSteps);
    // Absent, past, 0 and garbage all mean that the provider did not say.
    const ms = askedMs !== undefined && askedMs > 0 ? askedMs : this.#toWaitMs(this.#cooldowns);
    this.#cooldown.extend(Math.min(ms, this.#limits.maxCooldownMs));
    // A wait that was cut short is a guess, so one call tests it.
    if (ms > this.#limits.maxCooldownMs && this.#gate === 'passing') this.#setGate('blocked');
  }

  #toWaitMs(count: number): number {
    return Math.min(this.#limits.maxOpenMs, this.#limits.openMs * 2 ** (count - 1));
  }

  #setGate(gate: 'passing' | 'blocked'): void {
    this.#gate = gate;
    this.#failures = 0;
    this.#probe = undefined;
    this.#epoch += 1;
  }
}
