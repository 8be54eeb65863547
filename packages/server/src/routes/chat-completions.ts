import { randomBytes } from 'node:crypto';
import type { Context, Handler } from 'hono';
import type { ChatCall } from '../chat/chat-call.js';
import { completeChat } from '../chat/complete-chat.js';
import type { ModelCatalog } from '../chat/model-catalog.js';
import { parseChatRequest } from '../chat/parse-chat-request.js';
import { streamChat } from '../chat/stream-chat.js';
import { ApiError } from '../errors/api-error.js';
import { toAbortError } from '../errors/to-abort-error.js';
import type { AppEnv } from '../http/app-env.js';
import type { Drain } from '../http/drain.js';
import { readJsonBody } from '../http/read-json-body.js';
import { toSseResponse } from '../http/sse-response.js';
import type { Routing } from '../routing/index.js';

export interface ChatCompletionsOptions {
  catalog: ModelCatalog;
  routing: Routing;
  retryDelaysMs: readonly number[];
  startMs: number;
  drain: Drain;
  maxBodyBytes: number;
  peekMs: number;
  keepAliveMs: number;
}

/** `POST /v1/chat/completions`, whole and streamed. */
export function createChatCompletions(options: ChatCompletionsOptions): Handler<AppEnv> {
  return async (context) => {
    const request = parseChatRequest(await readJsonBody(context, options.maxBodyBytes));
    const control = new AbortController();
    // Wired before anything is asked: a caller that leaves while status and headers are held back ends the call too.
    const client = context.req.raw.signal;
    const onLeave = (): void => control.abort();
    if (client.aborted) throw toAbortError(client);
    client.addEventListener('abort', onLeave, { once: true });
    const untrack = options.drain.track((reason) => control.abort(reason));
    const release = (): void => {
      client.removeEventListener('abort', onLeave);
      untrack();
    };
    const call: ChatCall = {
      request,
      candidates: options.catalog.candidates(request.model),
      tried: new Set(),
      routing: options.routing,
      retryDelaysMs: options.retryDelaysMs,
      startMs: options.startMs,
      onFailure: context.req.header('nova-on-failure')?.trim().toLowerCase() === 'terminate' ? 'terminate' : 'continue',
      requestId: context.get('requestId'),
      signal: control.signal,
      record: context.get('record'),
      startedAt: performance.now(),
    };
    if (request.stream) return respondWithStream(context, call, { ...options, onLeave, release });
    try {
      const completion = await completeChat(call);
      context.header('nova-provider', completion.nova?.provider);
      context.header('cache-control', 'no-store');
      return context.json(completion);
    } finally {
      release();
    }
  };
}

interface StreamOptions {
  peekMs: number;
  keepAliveMs: number;
  onLeave(): void;
  release(): void;
}

async function respondWithStream(context: Context<AppEnv>, call: ChatCall, options: StreamOptions): Promise<Response> {
  const { record } = call;
  const streamId = `st_${randomBytes(18).toString('base64url')}`;
  const stream = await streamChat(call, { streamId, peekMs: options.peekMs }).catch((error: unknown) => {
    options.release();
    throw error;
  });
  const ended = Promise.withResolvers<void>();
  record.ended = ended.promise;
  context.header('nova-provider', stream.provider);
  return toSseResponse(context, stream.chunks, {
    streamId,
    keepAliveMs: options.keepAliveMs,
    openWithComment: stream.state === 'waiting',
    onLeave: options.onLeave,
    toErrorBody(error) {
      const known =
        error instanceof ApiError
          ? error
          : new ApiError({
              status: 500,
              code: 'server_error',
              message: 'The server had an error while it streamed the answer.',
            });
      if (known !== error) record.faults = [error];
      record.code = known.code;
      record.outcome = 'failed';
      return known.toBody();
    },
    onEnd() {
      record.outcome ??= 'aborted';
      options.release();
      ended.resolve();
    },
  });
}
