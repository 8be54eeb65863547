import { setTimeout as sleep } from 'node:timers/promises';
import { isNovaError, NovaError } from '@nova-chat/client/stream';
import { toAbortError } from '../errors/to-abort-error.js';
import type { Attempt } from '../routing/index.js';
import { type AttemptFailure, toAttemptFailure } from './attempt-failure.js';
import { type ChatCall, noteFailure } from './chat-call.js';
import type { Candidate } from './model-catalog.js';
import { toApiError } from './to-api-error.js';
import { toUnavailableError } from './to-unavailable-error.js';

/** One call of one candidate. Whoever returns an answer takes the attempt over, and has to end it. */
export interface Turn {
  candidate: Candidate;
  attempt: Attempt;
  /** Ends with the call, and when the time for the first word is over. */
  signal: AbortSignal;
  /** The first word has come, or comes with all the others: from here on an answer takes as long as it takes. */
  spoken(): void;
}

/** Longest wait that a provider can ask for; beyond it nobody is asked again. */
const maxRetryAfterMs = 60_000;
/** An opened breaker is waited for this long at most; the caller learns of longer ones. */
const patienceMs = 5_000;

/**
 * Asks one ready candidate after the other, at once, until one answers; only the last one is asked again, after the
 * waits. Rejects with an `ApiError`: when the call was ended, when the request itself is at fault, when nobody may be
 * asked, or when every candidate has failed.
 */
export async function tryCandidates<T>(given: ChatCall, ask: (turn: Turn) => Promise<T>): Promise<T> {
  const call = { ...given };
  const { ready } = call.routing.candidates(call.candidates);
  const failures: AttemptFailure[] = [];
  // Not `AbortSignal.any`: its weak references cost a stream more than all other signals and timers together.
  const turns = new AbortController();
  const start = watchStart(call, () => turns.abort());
  if (call.signal.aborted) turns.abort();
  call.signal.addEventListener('abort', () => turns.abort(), { once: true });
  const { signal } = turns;
  const { spoken } = start;
  try {
    for (const [index, candidate] of ready.entries()) {
      const delaysMs = index === ready.length - 1 ? call.retryDelaysMs : [];
      for (let delays = [...delaysMs]; ; delays = delays.slice(1)) {
        const result = await askOnce(call, { candidate, signal, spoken, ask });
        if (!result) break;
        if ('answer' in result) return result.answer;
        failures.push(result.failure);
        start.failed(result.failure);
        if (result.failure.fault === 'caller') throw toApiError(failures);
        const waitMs = toWaitMs(call, candidate, { failure: result.failure, delayMs: delays[0] });
        if (waitMs === undefined) break;
        await wait(waitMs, call.signal);
      }
    }
  } finally {
    start.stop();
  }
  if (failures.length === 0) throw toUnavailableError(call);
  throw toApiError(failures, call.routing.candidates(call.candidates).retryInMs);
}

type Result<T> = { answer: T } | { failure: AttemptFailure };

/** Undefined: the candidate may not be asked now. */
async function askOnce<T>(
  call: ChatCall,
  { ask, ...turn }: Omit<Turn, 'attempt'> & { ask: (turn: Turn) => Promise<T> },
): Promise<Result<T> | undefined> {
  const { candidate, signal } = turn;
  const attempt = leftMs(call) > 0 ? call.routing.begin(candidate) : undefined;
  if (!attempt || (attempt.admitted && !(await attempt.admitted))) return undefined;
  const { record } = call;
  const startedAt = performance.now();
  record.provider = candidate.provider.name;
  record.model = candidate.model;
  record.attempts = (record.attempts ?? 0) + 1;
  call.tried.add(candidate);
  try {
    return { answer: await ask({ ...turn, attempt }) };
  } catch (thrown) {
    const isLate = signal.aborted && !call.signal.aborted;
    const error = isLate ? lateError(call.startMs) : thrown;
    // Out of time says nothing of the one who was asked last: it may have had a second.
    if (!isLate) attempt.fail(error);
    attempt.end();
    if (call.signal.aborted) throw toAbortError(call.signal);
    const failure = toAttemptFailure(error, candidate.provider.name, performance.now() - startedAt);
    noteFailure(call, failure);
    return { failure };
  }
}

interface Setback {
  failure: AttemptFailure;
  delayMs: number | undefined;
}

function toWaitMs(call: ChatCall, candidate: Candidate, { failure, delayMs }: Setback): number | undefined {
  const { retryable, retryAfterMs } = failure;
  if (delayMs === undefined || !retryable || (retryAfterMs ?? 0) > maxRetryAfterMs) return undefined;
  const askedMs = retryAfterMs ?? delayMs;
  const blockedMs = call.routing.retryInMs(candidate);
  if (blockedMs > Math.max(askedMs, patienceMs)) return undefined;
  // Timers may run a moment early, and a breaker keeps its time to the microsecond.
  const waitMs = Math.ceil(Math.max(askedMs, blockedMs)) + 2;
  return waitMs < leftMs(call) ? waitMs : undefined;
}

/** Limits the time for the first word. */
interface StartWatch {
  spoken(): void;
  /** Gives whoever follows one that had begun to speak a time of its own. */
  failed(failure: AttemptFailure): void;
  stop(): void;
}

function watchStart(call: ChatCall, onLate: () => void): StartWatch {
  let timer = setTimeout(onLate, Math.max(0, leftMs(call)));
  let state: 'silent' | 'speaking' = 'silent';
  return {
    spoken() {
      clearTimeout(timer);
      state = 'speaking';
    },
    failed({ error }) {
      // An answer that took all the time there is leaves none for another.
      if (state === 'silent' || (isNovaError(error) && error.code === 'total_timeout')) return;
      state = 'silent';
      call.startedAt = performance.now();
      timer = setTimeout(onLate, call.startMs);
    },
    stop: () => clearTimeout(timer),
  };
}

function leftMs({ startedAt, startMs }: ChatCall): number {
  return startedAt + startMs - performance.now();
}

async function wait(delayMs: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(delayMs, undefined, { signal });
  } catch {
    // The timer throws for its signal only: the caller has gone.
    throw toAbortError(signal);
  }
}

function lateError(startMs: number): NovaError {
  return new NovaError({ code: 'first_event_timeout', message: `Nothing was said within ${startMs} ms.` });
}
