import type { ChatStreamOptions } from '../client-options.js';
import { isNovaError, type NovaError } from '../errors/nova-error.js';
import { toAbortError } from '../errors/to-abort-error.js';
import { type ChatChunk, hasContent } from '../protocol/index.js';
import type { RetryPolicy } from '../retry/run-with-retry.js';
import { runWithRetry } from '../retry/run-with-retry.js';
import { type ChatReader, createAccumulator, readChat } from '../stream/index.js';
import type { TransportResponse } from '../transport/transport.js';
import type { CallScope } from './call-scope.js';
import { refusesStream } from './refuses-stream.js';
import type { Attempt, SendAttempt } from './send-request.js';

/** What a run of an answer needs of its client. */
export interface ChatRunSetup {
  send: SendAttempt;
  policy: RetryPolicy;
  scope: CallScope;
  limits: { headersMs: number; firstEventMs: number; idleMs: number };
  options: ChatStreamOptions;
  /** The request's body; undefined when an answer that is under way is picked up. */
  body: Record<string, unknown> | undefined;
}

/** Where a run of an answer stands. */
export interface ChatRun {
  accumulator: ReturnType<typeof createAccumulator>;
  attempts: number;
  requestId: string | undefined;
  transport: 'sse' | 'ndjson' | 'json' | undefined;
  streamId: string | undefined;
  lastEventId: string | undefined;
  reader: ChatReader | undefined;
}

interface Sink {
  /** An attempt begins to answer. */
  start(chunk: ChatChunk): void;
  chunk(chunk: ChatChunk): void;
  room(): Promise<void> | undefined;
}

const breaks = new Set(['stream_interrupted', 'stream_truncated', 'idle_timeout', 'first_event_timeout']);

/**
 * Runs one answer to its end. Asks again only before the first content; after it a stream that breaks is resumed when
 * that was asked for, and never asked again. Throws the `NovaError` of an answer that is not complete.
 */
export async function runChat(setup: ChatRunSetup, run: ChatRun, sink: Sink): Promise<void> {
  const { scope, policy } = setup;
  let chunks: AsyncIterator<ChatChunk[]> | undefined;
  let hasAnswer = false;

  const open = async (response: TransportResponse): Promise<void> => {
    run.requestId = response.headers.get('x-request-id') ?? run.requestId;
    const { maxEventLength } = setup.options;
    const choices = Number(setup.body?.['n']) || 1;
    run.reader = readChat(response, { times: setup.limits, choices, maxEventLength });
    // The signal may have ended while the headers were on their way.
    if (scope.signal.aborted) run.reader.fail(toAbortError(scope.signal));
    chunks = run.reader[Symbol.asyncIterator]();
  };
  /** Reads on until `enough`; true at the end of the answer. */
  const readUntil = async (enough: (chunk: ChatChunk) => boolean): Promise<boolean> => {
    for (;;) {
      const { done, value: batch } = (await chunks?.next()) ?? { done: true, value: undefined };
      run.transport = run.reader?.transport ?? run.transport;
      if (done || !batch) return true;
      run.lastEventId = run.reader?.lastEventId ?? run.lastEventId;
      run.streamId = toStreamId(run.lastEventId) ?? run.streamId;
      for (const chunk of batch) {
        run.streamId = chunk.nova?.stream_id ?? run.streamId;
        run.accumulator.add(chunk);
        if (!hasAnswer) sink.start(chunk);
        hasAnswer = true;
        sink.chunk(chunk);
      }
      await sink.room();
      if (batch.some(enough)) return false;
    }
  };
  /** Picks the answer up; true when that was already its end. */
  const resume = (): Promise<boolean> =>
    runWithRetry(
      async (number) => {
        run.attempts++;
        const after = run.lastEventId;
        await open(
          await setup.send({
            method: 'GET',
            path: toStreamPath(run.streamId ?? ''),
            accept: 'text/event-stream',
            headers: { ...setup.options.headers, ...(after && { 'last-event-id': after }) },
            signal: scope.signal,
            number,
            headersTimeoutMs: setup.limits.headersMs,
          }),
        );
        return readUntil(() => true);
      },
      { policy, ...scope },
    );
  const resumeAfter = (error: unknown): Promise<boolean> => {
    const isBreak = isNovaError(error) && breaks.has(error.code);
    if (!isBreak || !run.streamId || (setup.body && !setup.options.resume)) throw error;
    return resume().catch((failure: NovaError) => {
      // That the answer broke off says more than that it could not be picked up.
      throw failure.code === 'aborted' || failure.code === 'total_timeout' ? failure : error;
    });
  };

  let ended = await (setup.body
    ? ask(setup, run, {
        async begin(response) {
          hasAnswer = false;
          await open(response);
        },
        readUntil,
        resumeAfter,
      })
    : resume());
  while (!ended) ended = await readUntil(() => false).catch(resumeAfter);
}

interface AskSteps {
  begin(response: TransportResponse): Promise<void>;
  readUntil(enough: (chunk: ChatChunk) => boolean): Promise<boolean>;
  resumeAfter(error: unknown): Promise<boolean>;
}

/** Asks until there is content. True when that was already the whole answer. */
function ask(
  { send, policy, scope, limits, options, body }: ChatRunSetup,
  run: ChatRun,
  steps: AskSteps,
): Promise<boolean> {
  let streams = true;
  let hasContentCome = false;
  const attempt = (number: number): Attempt => ({
    method: 'POST',
    path: '/v1/chat/completions',
    body: JSON.stringify(streams ? { ...body, stream: true } : { ...body, stream: false, stream_options: undefined }),
    accept: streams ? 'text/event-stream, application/x-ndjson, application/json' : 'application/json',
    headers: { ...options.headers, ...(options.resume && { 'nova-resume': String(options.resume) }) },
    signal: scope.signal,
    number,
    // Without a stream the headers come with the whole answer.
    headersTimeoutMs: streams ? limits.headersMs : Number.POSITIVE_INFINITY,
  });
  const sendAttempt = async (number: number): Promise<TransportResponse> => {
    run.attempts++;
    try {
      return await send(attempt(number));
    } catch (error) {
      if (!streams || !refusesStream(error)) throw error;
      streams = false;
      run.attempts++;
      return send(attempt(number));
    }
  };
  return runWithRetry(
    async (number) => {
      run.accumulator = createAccumulator();
      try {
        await steps.begin(await sendAttempt(number));
        return await steps.readUntil((chunk) => (hasContentCome ||= hasContent(chunk)));
      } catch (error) {
        // A server that has the answer under way is not asked for it again.
        return steps.resumeAfter(error);
      }
    },
    { policy, ...scope, mayRetry: () => !hasContentCome },
  );
}

/** Our event ids are `<stream_id>:<number>`. */
function toStreamId(eventId: string | undefined): string | undefined {
  return eventId?.match(/^([\w.-]+):\d+$/)?.[1];
}

/** The path of an answer that is under way. */
export function toStreamPath(streamId: string): string {
  return `/v1/chat/streams/${encodeURIComponent(streamId)}`;
}
