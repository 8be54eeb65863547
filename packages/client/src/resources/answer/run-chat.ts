import type { NovaError } from '../../errors/nova-error.js';
import { toAbortError } from '../../errors/to-abort-error.js';
import { type ChatChunk, hasContent } from '../../protocol/index.js';
import { runWithRetry } from '../../retry/run-with-retry.js';
import { createChoiceProgress, readChat } from '../../stream/index.js';
import { parseEventId } from '../../stream/parse-event-id.js';
import type { TransportResponse } from '../../transport/transport.js';
import { createStreamRequest } from '../request/create-stream-request.js';
import type { ChatRunSetup, ReadSteps, RunState } from './chat-run-setup.js';

interface Sink {
  /** An attempt begins; what came of the one before does not count. */
  begin(): void;
  /** `isFirst`: the attempt begins to answer with it. */
  chunk(chunk: ChatChunk, isFirst: boolean): void;
  room(): Promise<void> | undefined;
}

/**
 * Runs one answer to its end. Asks again only before the first content; after it a stream that breaks is resumed when
 * that was asked for, and never asked again. Throws the `NovaError` of an answer that is not complete.
 */
export async function runChat(setup: ChatRunSetup, run: RunState, sink: Sink): Promise<void> {
  const { scope } = setup;
  let chunks: AsyncIterator<ChatChunk[]> | undefined;
  let hasAnswer = false;
  let progress = createChoiceProgress();

  const open = (response: TransportResponse): void => {
    run.requestId = response.headers.get('x-request-id') ?? run.requestId;
    // Known before the first event, so that a stop as early as that ends the answer on the server too.
    run.streamId = response.headers.get('nova-stream-id') ?? run.streamId;
    const { maxEventLength } = setup.options;
    run.reader = readChat(response, { times: setup.limits, progress, maxEventLength, after: run.lastEventId });
    // The signal may have ended while the headers were on their way.
    if (scope.signal.aborted) run.reader.fail(toAbortError(scope.signal));
    chunks = run.reader[Symbol.asyncIterator]();
  };
  const take = (chunk: ChatChunk, position: number): void => {
    run.lastEventId = run.reader?.ids[position] ?? run.lastEventId;
    run.streamId = parseEventId(run.lastEventId)?.streamId ?? chunk.nova?.stream_id ?? run.streamId;
    const first = chunk.choices.find(({ index }) => index === 0);
    run.finishReason = first?.finish_reason ?? run.finishReason;
    sink.chunk(chunk, !hasAnswer);
    hasAnswer = true;
  };
  const readUntil: ReadSteps['readUntil'] = async (enough) => {
    for (;;) {
      const { done, value: batch } = (await chunks?.next()) ?? { done: true, value: undefined };
      run.transport = run.reader?.transport ?? run.transport;
      if (done || !batch) return true;
      batch.forEach(take);
      await sink.room();
      if (batch.some(enough)) return false;
    }
  };
  const begin = (): void => {
    hasAnswer = false;
    progress = createChoiceProgress(setup.body?.['n']);
    run.finishReason = run.streamId = run.lastEventId = undefined;
    sink.begin();
  };
  const resume = setup.createResume?.(setup, run, { open, readUntil });
  // What came without an id cannot be told from what a resume would bring.
  const resumeAfter = (error: unknown): Promise<boolean> =>
    resume && (run.lastEventId || !hasAnswer) ? resume.after(error) : Promise.reject(error);

  let ended = await (setup.body || !resume ? ask(setup, run, { begin, open, readUntil, resumeAfter }) : resume.start());
  while (!ended) ended = await readUntil(() => false).catch(resumeAfter);
}

interface AskSteps extends ReadSteps {
  begin(): void;
  resumeAfter(error: unknown): Promise<boolean>;
}

/** Asks until there is content. True when that was already the whole answer. */
function ask(
  { send, policy, scope, limits, options, body }: ChatRunSetup,
  run: RunState,
  steps: AskSteps,
): Promise<boolean> {
  let hasContentCome = false;
  const askForStream = createStreamRequest(
    (attempt) => {
      run.attempts++;
      return send(attempt);
    },
    { ...body, stream: true },
  );
  return runWithRetry(
    async (number) => {
      steps.begin();
      try {
        const response = await askForStream({
          path: '/v1/chat/completions',
          headers: { ...options.headers, ...(options.resume && { 'nova-resume': String(options.resume) }) },
          signal: scope.signal,
          number,
          headersTimeoutMs: limits.headersMs,
        });
        steps.open(response);
        return await steps.readUntil((chunk) => (hasContentCome ||= hasContent(chunk)));
      } catch (error) {
        // A server that has the answer under way is not asked for it again.
        return steps.resumeAfter(error);
      }
    },
    { policy, ...scope, mayRetry: (error) => !hasContentCome && !hasGivenUp(error) },
  );
}

/** Only a server that has asked its providers speaks of them; where it had begun to answer, no header could say so. */
function hasGivenUp({ code, body }: NovaError): boolean {
  return code === 'stream_error' && body?.code?.startsWith('upstream_') === true;
}
