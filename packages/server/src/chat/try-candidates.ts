import { setTimeout as sleep } from 'node:timers/promises';
import { isNovaError, NovaError } from '@nova-chat/client/stream';
import { toAbortApiError } from '../errors/to-abort-api-error.js';
import type { Attempt } from '../routing/index.js';
import { type AttemptFailure, toAttemptFailure } from './attempt-failure.js';
import { type ChatCall, noteFailure } from './chat-call.js';
import type { Candidate } from './model-catalog.js';
import { toApiError } from './to-api-error.js';
import { toUnavailableError } from './to-unavailable-error.js';

/** One call of one candidate. The function that returns an answer takes the attempt over, and has to end it. */
export interface CandidateCall {
  candidate: Candidate;
  attempt: Attempt;
  /** Aborts with the call, and when the time for the first content is over. */
  signal: AbortSignal;
  /** Ends that limit: the first content has come, or comes with all the rest. */
  markStarted(): void;
}

/** Longest wait that a provider can ask for; a longer one ends the retries. */
const maxRetryAfterMs = 60_000;
/** Longest wait for an open breaker; the caller is told of longer ones. */
const maxBreakerWaitMs = 5_000;

/**
 * Asks one ready candidate after the other, at once, until one answers; only the last one is asked again, after the
 * waits. Rejects with an `ApiError`: when the call was aborted, when the request itself is at fault, when no candidate may
 * be asked, or when all have failed.
 */
export async function tryCandidates<T>(call: ChatCall, ask: (asked: CandidateCall) => Promise<T>): Promise<T> {
  const { ready } = call.routing.candidates(call.candidates);
  const failures: AttemptFailure[] = [];
  // Not `AbortSignal.any`: its weak references cost a stream more than all other signals and timers together.
  const abort = new AbortController();
  const limit = createStartLimit(call, () => abort.abort());
  if (call.signal.aborted) abort.abort();
  call.signal.addEventListener('abort', () => abort.abort(), { once: true });
  try {
    for (const [index, candidate] of ready.entries()) {
      const delaysMs = index === ready.length - 1 ? call.retryDelaysMs : [];
      for (let delays = [...delaysMs]; ; delays = delays.slice(1)) {
        const result = await askOnce(call, { candidate, limit, signal: abort.signal, ask });
        if (!result) break;
        if ('answer' in result) return result.answer;
        failures.push(result.failure);
        limit.noteFailure(result.failure);
        if (result.failure.fault === 'caller') throw toApiError(failures);
        const waitMs = toWaitMs(call, candidate, { failure: result.failure, delayMs: delays[0] });
        if (waitMs === undefined || waitMs >= limit.leftMs()) break;
        await wait(waitMs, call.signal);
      }
    }
  } finally {
    limit.stop();
  }
  if (failures.length === 0) throw toUnavailableError(call);
  throw toApiError(failures, call.routing.candidates(call.candidates).retryInMs);
}

interface AskOptions<T> {
  candidate: Candidate;
  limit: StartLimit;
  signal: AbortSignal;
  ask: (asked: CandidateCall) => Promise<T>;
}

type Result<T> = { answer: T } | { failure: AttemptFailure };

/** Undefined: the candidate may not be asked now. */
async function askOnce<T>(
  call: ChatCall,
  { candidate, limit, signal, ask }: AskOptions<T>,
): Promise<Result<T> | undefined> {
  const attempt = limit.leftMs() > 0 ? call.routing.begin(candidate) : undefined;
  if (!attempt || (attempt.admitted && !(await attempt.admitted))) return undefined;
  const { record } = call;
  const startedAt = performance.now();
  record.provider = candidate.provider.name;
  record.model = candidate.model;
  record.attempts = (record.attempts ?? 0) + 1;
  call.tried.add(candidate);
  try {
    return { answer: await ask({ candidate, attempt, signal, markStarted: limit.markStarted }) };
  } catch (thrown) {
    const isLate = signal.aborted && !call.signal.aborted;
    const error = isLate ? lateError(call.startMs) : thrown;
    // Running out of time says nothing of the last candidate: it may have had a second.
    if (!isLate) attempt.fail(error);
    attempt.end();
    if (call.signal.aborted) throw toAbortApiError(call.signal);
    const failure = toAttemptFailure(error, candidate.provider.name, performance.now() - startedAt);
    noteFailure(call, failure);
    return { failure };
  }
}

interface Setback {
  failure: AttemptFailure;
  delayMs: number | undefined;
}

/** Undefined: asking again is of no use. */
function toWaitMs(call: ChatCall, candidate: Candidate, { failure, delayMs }: Setback): number | undefined {
  const { retryable, retryAfterMs } = failure;
  if (delayMs === undefined || !retryable || (retryAfterMs ?? 0) > maxRetryAfterMs) return undefined;
  const askedMs = retryAfterMs ?? delayMs;
  const blockedMs = call.routing.retryInMs(candidate);
  if (blockedMs > Math.max(askedMs, maxBreakerWaitMs)) return undefined;
  // Timers may run a moment early, and a breaker keeps its time to the microsecond.
  return Math.ceil(Math.max(askedMs, blockedMs)) + 2;
}

/** Limits the time until the first content, over all attempts. */
interface StartLimit {
  leftMs(): number;
  markStarted(): void;
  /** Starts the time again after an attempt that broke off behind its first content. */
  noteFailure(failure: AttemptFailure): void;
  stop(): void;
}

function createStartLimit({ startMs, startedAt }: ChatCall, onLate: () => void): StartLimit {
  let endsAt = startedAt + startMs;
  const leftMs = (): number => endsAt - performance.now();
  let timer = setTimeout(onLate, Math.max(0, leftMs()));
  let state: 'waiting' | 'started' = 'waiting';
  return {
    leftMs,
    markStarted() {
      clearTimeout(timer);
      state = 'started';
    },
    noteFailure({ error }) {
      // An answer that took all the time there is leaves none for another.
      if (state === 'waiting' || (isNovaError(error) && error.code === 'total_timeout')) return;
      state = 'waiting';
      endsAt = performance.now() + startMs;
      timer = setTimeout(onLate, startMs);
    },
    stop: () => clearTimeout(timer),
  };
}

async function wait(delayMs: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(delayMs, undefined, { signal });
  } catch {
    // The timer throws for its signal only: the caller has gone.
    throw toAbortApiError(signal);
  }
}

function lateError(startMs: number): NovaError {
  return new NovaError({ code: 'first_event_timeout', message: `Nothing was said within ${startMs} ms.` });
}
