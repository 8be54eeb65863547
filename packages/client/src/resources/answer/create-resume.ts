import { isNovaError, NovaError } from '../../errors/nova-error.js';
import { onAbort } from '../../errors/on-abort.js';
import { runWithRetry } from '../../retry/run-with-retry.js';
import type { ChatRunSetup, ReadSteps, Resume, RunState } from './chat-run-setup.js';

/** A resume that lasts so long counts as progress, silence does not; one that breaks sooner is not repeated at once. */
const progressMs = 5_000;

/** As long as a server most likely keeps an answer that was begun elsewhere, in seconds. */
const defaultKeptS = 60;

const breaks = new Set(['stream_interrupted', 'stream_truncated', 'idle_timeout', 'first_event_timeout']);

/** Creates what picks up the answer of a run. */
export function createResume(setup: ChatRunSetup, run: RunState, { open, readUntil }: ReadSteps): Resume {
  const { scope, policy, send, options, limits } = setup;
  let quickBreaks = 0;
  let startedAt = Number.NEGATIVE_INFINITY;
  const { delays } = policy;
  const keptMs = (options.resume || defaultKeptS) * 1000;
  /** `failure`: the break after a resume that gave little; it waits and counts as a failed attempt does. */
  const start = (failure?: unknown): Promise<boolean> =>
    runWithRetry(
      async (number) => {
        if (failure && number === 1) throw failure;
        startedAt = performance.now();
        run.attempts++;
        const after = run.lastEventId;
        const asked = send({
          method: 'GET',
          path: toStreamPath(run.streamId ?? ''),
          accept: 'text/event-stream',
          headers: { ...options.headers, ...(after && { 'last-event-id': after }) },
          signal: scope.signal,
          number,
          headersTimeoutMs: limits.headersMs,
        });
        open(await asked.catch((error: unknown) => waitOnline(error, keptMs, scope.signal)));
        return readUntil(() => true);
      },
      {
        policy: failure
          ? {
              ...policy,
              delays: delays.slice(Math.min(quickBreaks, delays.length) - 1),
              retries: Math.max(0, policy.retries - quickBreaks + 1),
            }
          : policy,
        ...scope,
      },
    );
  return {
    start,
    async after(error) {
      const isBreak = isNovaError(error) && breaks.has(error.code);
      if (!isBreak || !run.streamId || (setup.body && !options.resume)) throw error;
      const isQuick = performance.now() - startedAt < progressMs || error.code.endsWith('_timeout');
      quickBreaks = isQuick ? quickBreaks + 1 : 0;
      return start(quickBreaks && error).catch((failure: NovaError) => {
        // That the answer broke off says more than that it could not be picked up.
        throw failure.code === 'aborted' || failure.code === 'total_timeout' ? failure : error;
      });
    },
  };
}

/** Throws: of a device that is offline when it is online again, or after so long, and then to be retried. */
async function waitOnline(error: unknown, limitMs: number, signal: AbortSignal): Promise<never> {
  if (!isNovaError(error) || error.code !== 'offline') throw error;
  const late = AbortSignal.timeout(limitMs);
  await new Promise<unknown>((resolve) => {
    globalThis.addEventListener?.('online', resolve, { once: true, signal: late });
    for (const end of [signal, late]) onAbort(end, resolve);
  });
  throw new NovaError({ code: 'offline', message: error.message, retryable: true, cause: error });
}

/** The path of an answer that is under way. */
export function toStreamPath(streamId: string): string {
  return `/v1/chat/streams/${encodeURIComponent(streamId)}`;
}
