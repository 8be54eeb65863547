import type { ChatStreamOptions } from '../client-options.js';
import { toAbortError } from '../errors/to-abort-error.js';
import { parseErrorBody } from '../protocol/index.js';
import { runWithRetry } from '../retry/run-with-retry.js';
import {
  type ContentTimes,
  createContentTimer,
  guardBody,
  readMessages,
  type StreamMessage,
  toStreamError,
} from '../stream/index.js';
import type { TransportResponse } from '../transport/transport.js';
import { checkStreamOptions } from './check-client-options.js';
import type { ClientCore } from './client-core.js';
import { refusesStream } from './refuses-stream.js';
import { withIdempotencyKey } from './with-idempotency-key.js';

/** One message of any stream. */
export interface StreamedMessage extends StreamMessage {
  /** `data` as JSON, or undefined when it is none. */
  json: unknown;
}

/**
 * Posts JSON and yields the messages of the answer, in whatever form it came; a server that refuses to stream is asked
 * for one piece. The request starts with the first read.
 * Throws a `NovaError`; asks again only before the first message. Ends at `[DONE]`, or with the body: only the caller
 * knows what a whole answer is.
 */
export async function* postStream(
  core: ClientCore,
  { path, body }: { path: string; body: unknown },
  options: ChatStreamOptions = {},
): AsyncGenerator<StreamedMessage> {
  checkStreamOptions(options);
  const { headers } = withIdempotencyKey(options);
  const { scope, policy, send, limits } = core.openRun(options);
  const { signal } = scope;
  let batches: AsyncGenerator<StreamMessage[]> | undefined;
  const open = async (number: number): Promise<StreamMessage[]> => {
    const accept = 'text/event-stream, application/x-ndjson, application/json';
    const attempt = { method: 'POST', path, accept, headers, signal, number, headersTimeoutMs: limits.headersMs };
    const response = await send({ ...attempt, body: JSON.stringify(body) }).catch((error: unknown) => {
      if (!refusesStream(error)) throw error;
      const plain = JSON.stringify({ ...(body as object), stream: false });
      const headersTimeoutMs = Number.POSITIVE_INFINITY;
      return send({ ...attempt, body: plain, accept: 'application/json', headersTimeoutMs });
    });
    batches = readInTime(response, { ...options, ...limits, signal });
    const { done, value } = await batches.next();
    return done ? [] : value;
  };
  try {
    let messages = await runWithRetry(open, { policy, ...scope });
    while (messages.length) {
      for (const message of messages) {
        if (message.data.trim() === '[DONE]') return;
        yield toStreamedMessage(message);
      }
      const next = await batches?.next();
      messages = next?.done ? [] : (next?.value ?? []);
    }
  } finally {
    scope.close();
    await batches?.return(undefined);
  }
}

async function* readInTime(
  response: TransportResponse,
  { signal, ...options }: ChatStreamOptions & ContentTimes & { signal: AbortSignal },
): AsyncGenerator<StreamMessage[]> {
  const { status, headers } = response;
  const guard = guardBody(response.body, () => response.cancel());
  signal.addEventListener('abort', () => guard.fail(toAbortError(signal)), { once: true });
  const timer = createContentTimer(options, guard.fail);
  try {
    for await (const messages of readMessages({ status, headers, body: guard.body }, options)) {
      timer.touch();
      timer.hold();
      yield messages;
      timer.resume();
    }
  } finally {
    timer.stop();
  }
}

function toStreamedMessage(message: StreamMessage): StreamedMessage {
  let json: unknown;
  try {
    json = JSON.parse(message.data);
  } catch {
    // Text is fine too; the caller has it in `data`.
    json = undefined;
  }
  const error = parseErrorBody(json);
  if (error || message.event === 'error') throw toStreamError(error);
  return { ...message, json };
}
