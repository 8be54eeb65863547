/**
 * Knows of each (provider, model) whether it may be asked now, and counts what becomes of the calls. Decides without
 * waiting, by what this instance knows. It makes no calls: order of attempts, delays and deadlines belong to the caller.
 */
import { Breaker, type BreakerOptions, type BreakerState, type Permit } from './breaker.js';
import { type CallMeter, createFigures, startCall, type TargetFigures } from './call-figures.js';
import { type Candidates, toCandidates } from './candidates.js';
import { classifyFailure, type FailureVerdict } from './classify-failure.js';
import { type HealthReport, toHealthReport } from './health-report.js';
import type { SharedState } from './shared-state.js';
import { type Target, toTargetKey } from './target.js';

/** One call of one target. `end` belongs into `finally`; without a verdict before it the call counts as given up. */
export interface Attempt {
  /** True for the one call that tests a sick provider. */
  readonly probe: boolean;
  /**
   * There when other instances might test the provider at the same moment; to be waited for before the call, 50 ms at
   * most. False: another one does, and this attempt has come to nothing.
   */
  readonly admitted?: Promise<boolean>;
  /** A connection is there: the time of the provider begins. */
  connected(): void;
  /** The first content has come. */
  firstContent(): void;
  succeed(): void;
  /** Takes what the provider threw, before or after the first content. Aborts and faults of the caller are neutral. */
  fail(error: unknown): void;
  end(): void;
}

export interface Routing {
  /** The candidates that may be asked now. Reserves nothing: `begin` does. */
  candidates<T extends Target>(targets: readonly T[]): Candidates<T>;
  /** Time until the target may be asked, 0 when it may now. */
  retryInMs(target: Target): number;
  state(target: Target): BreakerState;
  /** Begins a call. Undefined means "not now, ask the next one": it is sick, or another call tests it. */
  begin(target: Target): Attempt | undefined;
  /** `pool`: what the transport says of a provider's connections. */
  report(targets: readonly Target[], pool?: (provider: string) => unknown): HealthReport;
  close(): Promise<void>;
}

export interface RoutingOptions {
  /** Monotonic, in ms. Default `performance.now`. */
  now?: () => number;
  /** Since 1970, in ms; only for the times in reports. Default `Date.now`. */
  wallNow?: () => number;
  /** Absent: this instance keeps what it sees to itself. */
  shared?: SharedState | undefined;
  breaker?: Omit<BreakerOptions, 'now' | 'onChange'>;
  /** Called when a provider refuses our credentials, or our account there is empty. */
  onMisconfigured?: (provider: string, errorClass: string) => void;
}

interface Entry {
  target: Target;
  breaker: Breaker;
  figures: TargetFigures;
}

export function createRouting(options: RoutingOptions = {}): Routing {
  const { now = () => performance.now(), wallNow = () => Date.now(), shared, breaker, onMisconfigured } = options;
  const entries = new Map<string, Entry>();

  const find = (target: Target): Entry => {
    const key = toTargetKey(target);
    const known = entries.get(key);
    if (known) return known;
    const publish = shared && (() => shared.publish(key, entry.breaker.snapshot()));
    const entry: Entry = {
      target,
      breaker: new Breaker({ ...breaker, now, onChange: publish }),
      figures: createFigures(),
    };
    entries.set(key, entry);
    shared?.watch(key, (snapshot) => entry.breaker.adopt(snapshot));
    return entry;
  };
  const parkProvider = (name: string) => {
    for (const { target, breaker } of entries.values()) if (target.provider.name === name) breaker.park();
  };
  const retryInMs = (target: Target) => find(target).breaker.retryInMs();

  return {
    retryInMs,
    state: (target) => find(target).breaker.state(),
    candidates: (targets) => toCandidates(targets, retryInMs),
    begin(target) {
      const entry = find(target);
      const permit = entry.breaker.acquire();
      if (!permit) return undefined;
      const call = startCall(entry.figures, { now, wallNow });
      const attempt = createAttempt(permit, call, ({ errorClass, scope }) => {
        const { name } = target.provider;
        if (scope === 'credentials') parkProvider(name);
        onMisconfigured?.(name, errorClass);
      });
      if (!shared || !permit.probe) return attempt;
      const { openings, openMs } = entry.breaker.snapshot();
      // What is not an open breaker, as refused credentials, is this instance's own affair.
      if (openings === 0) return attempt;
      return admit(attempt, { permit, call, lease: shared.lease(toTargetKey(target), openMs) });
    },
    report(targets, pool) {
      const readings = targets.map((target) => {
        const { breaker, figures } = find(target);
        const { model, provider } = target;
        return { provider: provider.name, model, breaker: breaker.state(), retryInMs: breaker.retryInMs(), figures };
      });
      return toHealthReport(readings, { wallNowMs: wallNow(), pool });
    },
    close: async () => shared?.close(),
  };
}

interface Admission {
  permit: Permit;
  call: CallMeter;
  lease: ReturnType<SharedState['lease']>;
}

/** Makes an attempt wait for the one right to test that all instances share. */
function admit(attempt: Attempt, { permit, call, lease }: Admission): Attempt {
  let outcome: 'failed' | 'other' = 'other';
  const admitted = lease.then((granted) => {
    if (granted && 'takenMs' in granted) {
      permit.giveWay(granted.takenMs);
      call.cancel();
      return false;
    }
    permit.announce();
    return true;
  });
  return {
    ...attempt,
    admitted,
    fail(error) {
      attempt.fail(error);
      if (classifyFailure(error).kind !== 'neutral') outcome = 'failed';
    },
    end() {
      attempt.end();
      void lease.then((granted) => granted && 'release' in granted && granted.release(outcome));
    },
  };
}

/** Tells the breaker and the figures of one call. */
function createAttempt(permit: Permit, call: CallMeter, onRefused: (verdict: FailureVerdict) => void): Attempt {
  return {
    probe: permit.probe,
    connected: call.connected,
    firstContent() {
      permit.answering();
      call.firstToken();
    },
    succeed() {
      permit.settle({ kind: 'success' });
      call.end({ kind: 'success' });
    },
    fail(error) {
      const verdict = classifyFailure(error);
      const { kind, errorClass, retryAfterMs } = verdict;
      permit.settle(kind === 'rate-limited' ? { kind, retryAfterMs } : { kind });
      call.end(kind === 'neutral' ? { kind: 'other' } : { kind: 'failed', errorClass });
      if (kind === 'misconfigured') onRefused(verdict);
    },
    end() {
      permit.release();
      call.end({ kind: 'other' });
    },
  };
}
