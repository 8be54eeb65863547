import { isNovaError, type NovaError } from '../errors/nova-error.js';
import { runWithRetry } from '../retry/run-with-retry.js';
import type { ChatRunSetup, ReadSteps, RunState } from './run-chat.js';

/** Picks up an answer that the server has under way; true when that was already its end. */
export interface Resume {
  start(): Promise<boolean>;
  /** After a break, when resuming was asked for; rejects with the error otherwise. */
  after(error: unknown): Promise<boolean>;
}

/** A resume that lasts so long is progress, silence is none; what breaks sooner is not picked up again at once. */
const progressMs = 5_000;

const breaks = new Set(['stream_interrupted', 'stream_truncated', 'idle_timeout', 'first_event_timeout']);

export function createResume(setup: ChatRunSetup, run: RunState, { open, readUntil }: ReadSteps): Resume {
  const { scope, policy, send, options, limits } = setup;
  let quickBreaks = 0;
  let startedAt = Number.NEGATIVE_INFINITY;
  const { delays } = policy;
  /** `failure`: the break after a resume that gave little; it waits and counts as a failed attempt does. */
  const start = (failure?: unknown): Promise<boolean> =>
    runWithRetry(
      async (number) => {
        if (failure && number === 1) throw failure;
        startedAt = performance.now();
        run.attempts++;
        const after = run.lastEventId;
        open(
          await send({
            method: 'GET',
            path: toStreamPath(run.streamId ?? ''),
            accept: 'text/event-stream',
            headers: { ...options.headers, ...(after && { 'last-event-id': after }) },
            signal: scope.signal,
            number,
            headersTimeoutMs: limits.headersMs,
          }),
        );
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

/** The path of an answer that is under way. */
export function toStreamPath(streamId: string): string {
  return `/v1/chat/streams/${encodeURIComponent(streamId)}`;
}
