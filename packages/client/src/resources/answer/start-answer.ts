import { amendError, isNovaError, NovaError } from '../../errors/nova-error.js';
import { onAbort } from '../../errors/on-abort.js';
import type { ChatChunk, ChatEvent } from '../../protocol/index.js';
import type { ChatRunSetup, RunState } from './chat-run-setup.js';
import type { ResultEnd } from './chat-stream.js';
import { createEventBuffer, type EventBuffer } from './event-buffer.js';
import { runChat } from './run-chat.js';
import { toChatEvents } from './to-chat-events.js';

/** Sees an answer come, before its readers do. */
export interface AnswerObserver {
  /** An attempt begins; what came of the one before does not count. */
  begin(): void;
  /** The events of the chunk are the last ones of the log. */
  chunk(chunk: ChatChunk): void;
  /** The answer has ended. */
  end(error: NovaError | undefined): void;
}

/** How an answer ended. */
export type AnswerEnd = { requestId: string | undefined } & ResultEnd;

/** An answer under way. */
export interface Answer {
  run: RunState;
  log: EventBuffer<ChatEvent>;
  /** Never rejects. */
  ended: Promise<AnswerEnd>;
  /** Ends it, unless it has ended; the outcome is `aborted`. */
  leave(): void;
}

/** Starts an answer; `at` is where one that is under way is picked up. */
export function startAnswer(
  setup: ChatRunSetup,
  at?: Pick<RunState, 'streamId' | 'lastEventId'>,
  watch?: AnswerObserver,
): Answer {
  const { scope } = setup;
  const log = createEventBuffer(setup.join);
  const run: RunState = {
    attempts: 0,
    requestId: undefined,
    transport: undefined,
    streamId: undefined,
    lastEventId: undefined,
    reader: undefined,
    finishReason: undefined,
    ...at,
  };
  onAbort(scope.signal, (error) => {
    run.reader?.fail(error);
    log.unbound();
  });
  return {
    run,
    log,
    ended: runToEnd(setup, { run, log }, watch),
    leave: () => scope.abort(new NovaError({ code: 'aborted', message: 'The reader left.' })),
  };
}

async function runToEnd(
  setup: ChatRunSetup,
  { run, log }: Pick<Answer, 'run' | 'log'>,
  watch: AnswerObserver | undefined,
): Promise<AnswerEnd> {
  let failure: NovaError | undefined;
  try {
    await runChat(setup, run, {
      begin: () => watch?.begin(),
      chunk(chunk, isFirst) {
        const { model, nova } = chunk;
        if (isFirst) log.push({ type: 'stream-start', streamId: run.streamId, provider: nova?.provider, model });
        toChatEvents(chunk, (event) => log.push(event));
        watch?.chunk(chunk);
      },
      room: () => log.room(),
    });
  } catch (error) {
    const code = run.reader ? 'invalid_stream' : 'connection_error';
    failure = isNovaError(error) ? error : new NovaError({ code, message: 'The request failed.', cause: error });
  }
  setup.scope.close();
  // An abort may come between two reads; the reader then never hears of it by itself.
  void run.reader?.return();
  const { attempts, finishReason } = run;
  const requestId = failure?.requestId ?? run.requestId;
  const end = toEnd(failure, { attempts, requestId });
  watch?.end(end.error);
  log.push({ type: 'end', finishReason, ...end });
  log.end();
  return { requestId, ...end };
}

function toEnd(failure: NovaError | undefined, facts: Parameters<typeof amendError>[1]): ResultEnd {
  if (!failure || failure.code === 'aborted') return { outcome: failure ? 'aborted' : 'complete', error: undefined };
  const outcome = failure.code === 'stream_truncated' ? 'truncated' : 'failed';
  return { outcome, error: amendError(failure, facts) };
}
