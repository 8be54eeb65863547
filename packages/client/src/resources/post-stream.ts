import type { ChatStreamOptions } from '../client-options.js';
import { amendError, isNovaError } from '../errors/nova-error.js';
import { onAbort } from '../errors/on-abort.js';
import { invalidOption } from '../options/invalid-option.js';
import { parseErrorBody } from '../protocol/index.js';
import { isRecord } from '../protocol/is-record.js';
import { parseJson } from '../protocol/parse-json.js';
import { runWithRetry } from '../retry/run-with-retry.js';
import { createStreamFailure } from '../stream/create-stream-failure.js';
import {
  type ChoiceProgress,
  type ContentTimes,
  createChoiceProgress,
  createContentTimer,
  guardBody,
  readMessages,
  type StreamMessage,
  toStreamError,
} from '../stream/index.js';
import type { TransportResponse } from '../transport/transport.js';
import { checkStreamOptions } from './check-client-options.js';
import type { ClientCore } from './client-core.js';
import { createStreamRequest } from './request/create-stream-request.js';
import { withIdempotencyKey } from './request/with-idempotency-key.js';

/** One message of any stream. */
export interface StreamedMessage extends StreamMessage {
  /** `data` as JSON, or undefined when it is not JSON. */
  json: unknown;
}

/** Options of a stream of any kind: only a chat can be resumed. */
export type PostStreamOptions = Omit<ChatStreamOptions, 'resume'>;

/**
 * Posts JSON and yields the messages of the answer, in whatever form it came; a server that refuses to stream is asked
 * for one piece. The request starts with the first read, and its connection closes when the reader leaves.
 * Throws a `NovaError`; asks again only before the first message, also when that one is an error. Ends at `[DONE]`, or
 * with the body: throws `stream_truncated` when nothing came, or when chunks of a chat came and no end of it. Of other
 * streams only the caller knows what is whole.
 */
export async function* postStream(
  core: ClientCore,
  { path, body }: { path: string; body: unknown },
  options: PostStreamOptions = {},
): AsyncGenerator<StreamedMessage> {
  checkStreamOptions(options);
  if (Object(options).resume) throw invalidOption('resume', 'an option of chat.stream and no other', 'is');
  const { headers } = withIdempotencyKey(options);
  const { scope, policy, send, limits, logger } = core.openRun(options);
  const { signal } = scope;
  const run: { attempts: number; requestId?: string | undefined } = { attempts: 0 };
  let messages: AsyncGenerator<StreamedMessage> | undefined;
  const ask = createStreamRequest((attempt) => {
    run.attempts++;
    return send(attempt);
  }, body);
  const open = async (number: number): Promise<IteratorResult<StreamedMessage>> => {
    const response = await ask({ path, headers, signal, number, headersTimeoutMs: limits.headersMs });
    run.requestId = response.headers.get('x-request-id') ?? undefined;
    messages = readStreamed(response, { ...options, ...limits, signal, asked: Object(body).n });
    return messages.next();
  };
  try {
    let next = await runWithRetry(open, { policy, ...scope });
    while (!next.done && messages) {
      yield next.value;
      next = await messages.next();
    }
  } catch (error) {
    if (isNovaError(error) && error.code !== 'aborted') {
      const { code, attempts, requestId } = amendError(error, { ...run, requestId: error.requestId ?? run.requestId });
      logger?.warn('stream failed', { code, attempts, requestId });
    }
    throw error;
  } finally {
    scope.close();
    await messages?.return(undefined);
  }
}

interface ReadOptions extends PostStreamOptions, ContentTimes {
  signal: AbortSignal;
  /** The `n` of the body. */
  asked: unknown;
}

async function* readStreamed(
  response: TransportResponse,
  { signal, asked, ...options }: ReadOptions,
): AsyncGenerator<StreamedMessage> {
  const { status, headers } = response;
  const guard = guardBody(response.body, () => response.cancel());
  const letGo = onAbort(signal, guard.fail);
  const timer = createContentTimer(options, guard.fail);
  const progress = createChoiceProgress(asked);
  let state: 'empty' | 'reading' | 'done' = 'empty';
  // Without a way to leave: how the body is left is decided below.
  const body = { [Symbol.asyncIterator]: () => ({ next: guard.next }) };
  try {
    for await (const messages of readMessages({ status, headers, body }, options)) {
      for (const message of messages) {
        if (message.data.trim() === '[DONE]') {
          state = 'done';
          return;
        }
        const streamed = toStreamedMessage(message);
        noteChunk(streamed.json, progress);
        state = 'reading';
        timer.touch();
        timer.hold();
        yield streamed;
        timer.resume();
      }
    }
    if (state === 'empty') throw createStreamFailure('stream_truncated', 'nothing came');
    if (progress.hasBegun() && !progress.isComplete()) {
      throw createStreamFailure('stream_truncated', 'no finish_reason and no [DONE]');
    }
  } finally {
    timer.stop();
    letGo();
    if (state === 'done') guard.linger();
    else guard.leave();
  }
}

function toStreamedMessage(message: StreamMessage): StreamedMessage {
  const json = parseJson(message.data);
  const error = parseErrorBody(json);
  if (error || message.event === 'error') throw toStreamError(error);
  return { ...message, json };
}

/** Only a chunk of a chat tells whether more must come. */
function noteChunk(json: unknown, progress: ChoiceProgress): void {
  const choices: unknown = isRecord(json) && json['choices'];
  if (Array.isArray(choices)) progress.note(choices.filter((choice) => isRecord(choice) && isRecord(choice['delta'])));
}
