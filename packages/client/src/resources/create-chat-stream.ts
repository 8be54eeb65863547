import { amendError, isNovaError, NovaError } from '../errors/nova-error.js';
import { toAbortError } from '../errors/to-abort-error.js';
import { toConnectionError } from '../errors/to-connection-error.js';
import { type ChatCompletion, type ChatEvent, type Outcome, parseToolCall } from '../protocol/index.js';
import { createAccumulator } from '../stream/index.js';
import type { ChatResult, ChatStream } from './chat-stream.js';
import { createEventLog } from './event-log.js';
import { type ChatRun, type ChatRunSetup, runChat, toStreamPath } from './run-chat.js';
import { toChatEvents } from './to-chat-events.js';

/** How long a server may take to hear that an answer is to end. */
const stopMs = 5_000;

/** Starts an answer; `at` is where one that is under way is picked up. */
export function createChatStream(setup: ChatRunSetup, at?: Pick<ChatRun, 'streamId' | 'lastEventId'>): ChatStream {
  const { scope } = setup;
  const log = createEventLog<ChatEvent>();
  const run: ChatRun = {
    accumulator: createAccumulator(),
    attempts: 0,
    requestId: undefined,
    transport: undefined,
    streamId: undefined,
    lastEventId: undefined,
    reader: undefined,
    ...at,
  };
  scope.signal.addEventListener(
    'abort',
    () => {
      run.reader?.fail(toAbortError(scope.signal));
      log.unbound();
    },
    { once: true },
  );
  const ended = runToEnd(setup, run, log);
  const leave = (): void => scope.abort(new NovaError({ code: 'aborted', message: 'The reader left the stream.' }));

  return {
    get snapshot() {
      return run.accumulator.toCompletion();
    },
    get streamId() {
      return run.streamId;
    },
    get lastEventId() {
      return run.lastEventId;
    },
    [Symbol.asyncIterator]: () => log.read(1, leave)[0] as AsyncIterator<ChatEvent>,
    textStream: () => readTexts(log.read(1, leave)[0] as AsyncIterable<ChatEvent>),
    toReadableStream: () => toReadableStream(log.read(1, leave)[0] as AsyncIterator<ChatEvent>),
    tee: () => log.read(2, leave) as AsyncIterable<ChatEvent>[] as [AsyncIterable<ChatEvent>, AsyncIterable<ChatEvent>],
    result() {
      log.unbound();
      return ended;
    },
    async toolCalls() {
      const { message } = await this.result();
      return (message.tool_calls ?? []).map(parseToolCall);
    },
    async stop() {
      const isOver = scope.signal.aborted || isSettled.has(run);
      leave();
      const { streamId } = run;
      if (isOver || !streamId || (setup.body && !setup.options.resume)) return;
      await setup
        .send({
          method: 'DELETE',
          path: toStreamPath(streamId),
          accept: 'application/json',
          headers: setup.options.headers,
          signal: AbortSignal.timeout(stopMs),
          number: 1,
          headersTimeoutMs: stopMs,
        })
        // The reader has left either way; a server that did not hear it ends the answer with its own limit.
        .then(
          (response) => response.cancel(),
          () => {},
        );
    },
    disconnect: leave,
  };
}

/** Answers that have ended; there is nothing left to stop. */
const isSettled = new WeakSet<ChatRun>();

async function runToEnd(
  setup: ChatRunSetup,
  run: ChatRun,
  log: ReturnType<typeof createEventLog<ChatEvent>>,
): Promise<ChatResult> {
  let error: NovaError | undefined;
  try {
    await runChat(setup, run, {
      start: ({ model, nova }) =>
        log.push({ type: 'stream-start', streamId: run.streamId, provider: nova?.provider, model }),
      chunk: (chunk) => toChatEvents(chunk, (event) => log.push(event)),
      room: () => log.room(),
    });
  } catch (failure) {
    error = isNovaError(failure) ? failure : toConnectionError(failure, '');
  }
  setup.scope.close();
  // An abort may come between two reads; the reader then never hears of it by itself.
  void run.reader?.return();
  isSettled.add(run);
  const result = toResult(run, error);
  const { outcome } = result;
  log.push({
    type: 'end',
    outcome,
    finishReason: result.completion.choices[0]?.finish_reason ?? undefined,
    error: result.error,
  });
  log.end();
  return result;
}

function toResult(run: ChatRun, failure: NovaError | undefined): ChatResult {
  const completion = run.accumulator.toCompletion();
  const message = (completion.choices[0] as ChatCompletion['choices'][0]).message;
  const { attempts, requestId, transport, streamId } = run;
  const outcome = failure ? toOutcome(failure) : 'complete';
  const seenId = failure?.requestId ?? requestId;
  return {
    outcome,
    message,
    text: message.content ?? '',
    completion,
    usage: completion.usage ?? undefined,
    requestId: seenId,
    provider: completion.nova?.provider,
    transport,
    attempts,
    streamId,
    error:
      failure && outcome !== 'aborted'
        ? amendError(failure, { attempts, partial: completion, requestId: seenId })
        : undefined,
  };
}

function toOutcome({ code }: NovaError): Outcome {
  if (code === 'aborted') return 'aborted';
  return code === 'stream_truncated' ? 'truncated' : 'failed';
}

async function* readTexts(events: AsyncIterable<ChatEvent>): AsyncGenerator<string> {
  for await (const event of events) if (event.type === 'text-delta' && event.choice === 0) yield event.text;
}

function toReadableStream(events: AsyncIterator<ChatEvent>): ReadableStream<ChatEvent> {
  return new ReadableStream<ChatEvent>(
    {
      async pull(controller) {
        const { done, value } = await events.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      async cancel() {
        await events.return?.();
      },
    },
    { highWaterMark: 0 },
  );
}
