import { amendError } from '../../errors/nova-error.js';
import { type ChatCompletion, type ChatEvent, parseToolCall } from '../../protocol/index.js';
import { createAccumulator } from '../../stream/index.js';
import type { ChatRunSetup, RunState } from './chat-run-setup.js';
import type { ChatResult, ChatStream } from './chat-stream.js';
import { createDeliveredAnswer } from './create-delivered-answer.js';
import { createResume } from './create-resume.js';
import { type AnswerEnd, startAnswer } from './start-answer.js';
import { stopAnswer } from './stop-answer.js';

/** Starts an answer and puts it together; `at` is where one that is under way is picked up. */
export function createChatStream(
  given: Omit<ChatRunSetup, 'createResume'>,
  at?: Pick<RunState, 'streamId' | 'lastEventId'>,
): ChatStream {
  const setup: ChatRunSetup = { ...given, createResume };
  let came = createAccumulator();
  let shown = createDeliveredAnswer(at?.lastEventId);
  let hasEnded = false;
  const { run, log, ended, leave } = startAnswer(setup, at, {
    begin() {
      came = createAccumulator();
      shown = createDeliveredAnswer();
    },
    chunk(chunk) {
      came.add(chunk);
      shown.add({ chunk, id: run.lastEventId, upTo: log.length() });
      shown.follow(log.taken());
    },
    end(error) {
      hasEnded = true;
      if (!error) return;
      const { code, attempts, requestId } = amendError(error, { partial: came.toCompletion() });
      setup.logger?.warn('stream failed', { code, attempts, requestId });
    },
  });
  const whole = ended.then((end) => toResult(run, came.toCompletion(), end));
  const read = (count: number): AsyncIterableIterator<ChatEvent>[] => log.read(count, leave);
  const readOne = (): AsyncIterableIterator<ChatEvent> => read(1)[0] as AsyncIterableIterator<ChatEvent>;
  const result = (): Promise<ChatResult> => {
    log.unbound();
    return whole;
  };

  return {
    get snapshot() {
      return (shown.follow(log.taken()) ?? came).toCompletion();
    },
    get streamId() {
      return run.streamId;
    },
    get lastEventId() {
      return shown.follow(log.taken()) ? shown.id() : run.lastEventId;
    },
    [Symbol.asyncIterator]: readOne,
    textStream: () => readTexts(readOne()),
    toReadableStream: () => toReadableStream(readOne()),
    tee: () => read(2) as AsyncIterable<ChatEvent>[] as [AsyncIterable<ChatEvent>, AsyncIterable<ChatEvent>],
    result,
    toolCalls: async () => ((await result()).message.tool_calls ?? []).map(parseToolCall),
    stop: () => stopAnswer(setup, { run, leave }, hasEnded),
    disconnect: leave,
  };
}

function toResult(run: RunState, completion: ChatCompletion, end: AnswerEnd): ChatResult {
  const message = (completion.choices[0] as ChatCompletion['choices'][0]).message;
  const { attempts, transport, streamId, lastEventId } = run;
  return {
    ...end,
    message,
    text: message.content ?? '',
    completion,
    usage: completion.usage ?? undefined,
    provider: completion.nova?.provider,
    transport,
    attempts,
    streamId,
    lastEventId,
  };
}

/** Not a generator: left before its first read, one would not let go of the events. */
function readTexts(events: AsyncIterator<ChatEvent>): AsyncIterableIterator<string> {
  const over = { done: true, value: undefined } as const;
  return {
    async next() {
      for (;;) {
        const { done, value } = await events.next();
        if (done) return over;
        if (value.type === 'text-delta' && value.choice === 0) return { done: false, value: value.text };
      }
    },
    async return() {
      await events.return?.();
      return over;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
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
