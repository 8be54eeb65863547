import { createSampleWindow, type SampleWindow } from './sample-window.js';

/** What a call added to the figures of its target. `other`: a fault of the caller, or an abort. */
export type CallOutcome = { kind: 'success' | 'other' } | { kind: 'failed'; errorClass: string };

/** The figures of one target, from the calls that were made anyway: nothing is asked for their sake. */
export interface TargetFigures {
  totalCalls: number;
  failedCalls: number;
  inFlight: number;
  /** Of the wall clock, in ms. Never more than a class: a body may hold a prompt or a key. */
  lastError: { errorClass: string; atMs: number } | undefined;
  lastCheckedMs: number | undefined;
  /** Of the last calls that ended well. */
  durationsMs: SampleWindow;
  firstTokensMs: SampleWindow;
}

export interface HealthClock {
  /** Monotonic, in ms. */
  now: () => number;
  /** Since 1970, in ms: only for the times in reports. */
  wallNow: () => number;
}

/** The figures of one call on its way; `end` counts once. */
export interface CallMeter {
  /** Times count from here on: what the call waited for a connection is not the provider's. */
  connected(): void;
  firstToken(): void;
  end(outcome: CallOutcome): void;
  /** The call was not made after all. */
  cancel(): void;
}

const windowSize = 200;

export function createFigures(): TargetFigures {
  return {
    totalCalls: 0,
    failedCalls: 0,
    inFlight: 0,
    lastError: undefined,
    lastCheckedMs: undefined,
    durationsMs: createSampleWindow(windowSize),
    firstTokensMs: createSampleWindow(windowSize),
  };
}

/** Counts a call into the figures, from now on. */
export function startCall(figures: TargetFigures, { now, wallNow }: HealthClock): CallMeter {
  let startedAt = now();
  let phase: 'waiting' | 'answering' | 'ended' = 'waiting';
  figures.inFlight += 1;
  return {
    connected() {
      startedAt = now();
    },
    firstToken() {
      if (phase !== 'waiting') return;
      phase = 'answering';
      figures.firstTokensMs.add(Math.max(0, now() - startedAt));
    },
    cancel() {
      if (phase === 'ended') return;
      phase = 'ended';
      figures.inFlight -= 1;
    },
    end(outcome) {
      if (phase === 'ended') return;
      phase = 'ended';
      figures.inFlight -= 1;
      figures.totalCalls += 1;
      figures.lastCheckedMs = wallNow();
      if (outcome.kind === 'success') figures.durationsMs.add(Math.max(0, now() - startedAt));
      if (outcome.kind !== 'failed') return;
      figures.failedCalls += 1;
      figures.lastError = { errorClass: outcome.errorClass, atMs: wallNow() };
    },
  };
}
