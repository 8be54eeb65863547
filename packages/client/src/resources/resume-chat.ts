import { isNovaError, type NovaError } from '../errors/nova-error.js';
import { runWithRetry } from '../retry/run-with-retry.js';
import type { ChatRun, ChatRunSetup, ReadSteps } from './run-chat.js';

/** Picks up an answer that the server has under way; true when that was already its end. */
export interface Resume {
  start(): Promise<boolean>;
  /** After a break, when resuming was asked for; rejects with the error otherwise. */
  after(error: unknown): Promise<boolean>;
}

const breaks = new Set(['stream_interrupted', 'stream_truncated', 'idle_timeout', 'first_event_timeout']);

export function createResume(setup: ChatRunSetup, run: ChatRun, { open, readUntil }: ReadSteps): Resume {
  const { scope, policy, send, options, limits } = setup;
  const start = (): Promise<boolean> =>
    runWithRetry(
      async (number) => {
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
      { policy, ...scope },
    );
  return {
    start,
    async after(error) {
      const isBreak = isNovaError(error) && breaks.has(error.code);
      if (!isBreak || !run.streamId || (setup.body && !options.resume)) throw error;
      return start().catch((failure: NovaError) => {
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
