import type { CallOptions, ClientOptions, RetryNotice } from './client-options.js';
import { toCallbackError } from './errors/to-callback-error.js';
import type { ModelList } from './protocol/index.js';
import { callJson, type ResponsePromise } from './resources/call-json.js';
import { type ChatResource, createChatResource } from './resources/chat.js';
import { checkClientOptions } from './resources/check-client-options.js';
import { createClientCore } from './resources/client-core.js';
import { type PostStreamOptions, postStream, type StreamedMessage } from './resources/post-stream.js';
import { createSend } from './resources/request/send-request.js';
import { withAddressHint } from './resources/request/with-address-hint.js';
import { logRetry, toSafeLogger, withLog } from './resources/request/with-log.js';
import { withMiddleware } from './resources/request/with-middleware.js';
import { createFetchTransport } from './transport/fetch-transport.js';

/** A client of one server. */
export interface NovaClient {
  /** Gets JSON. Rejects with a `NovaError`. */
  get<T = unknown>(path: string, options?: CallOptions): ResponsePromise<T>;
  /** Posts JSON and gets JSON. Rejects with a `NovaError`. */
  post<T = unknown>(path: string, body: unknown, options?: CallOptions): ResponsePromise<T>;
  /**
   * Posts JSON and yields the messages of a streamed answer of any kind, up to `[DONE]` or the end. Starts with the
   * first read; retries only before the first message. Throws a `NovaError`, also when a chat is cut off or nothing
   * comes: what came before has been yielded. For chat completions, `chat.stream` does more.
   */
  postStream(path: string, body: unknown, options?: PostStreamOptions): AsyncGenerator<StreamedMessage>;
  models: {
    /** Lists the models that can be asked for. */
    list(options?: CallOptions): ResponsePromise<ModelList>;
  };
  chat: ChatResource;
}

/**
 * Creates a client. `ClientOptions` describes its retries and timers. Throws `invalid_option`, which names the option
 * and what it may be.
 */
export function createClient(options: ClientOptions): NovaClient {
  checkClientOptions(options);
  const { transport = createFetchTransport(options.fetch, options.baseUrl), middleware } = options;
  const logger = options.logger && toSafeLogger(options.logger);
  const onRetry = (notice: RetryNotice): void => {
    logRetry(logger, notice);
    try {
      options.onRetry?.(notice);
    } catch (error) {
      throw toCallbackError('onRetry', error);
    }
  };
  const guarded = { ...options, headers: guardHeaders(options.headers), onRetry, logger };
  const send = withLog(createSend(guarded, withMiddleware(transport, middleware)), logger);
  const core = createClientCore(guarded, withAddressHint(send, options.baseUrl));
  const get: NovaClient['get'] = (path, call) => callJson(core, { method: 'GET', path }, call);
  return {
    get,
    post: (path, body, call) => callJson(core, { method: 'POST', path, body }, call),
    postStream: (path, body, call) => postStream(core, { path, body }, call),
    models: { list: (call) => get('/v1/models', call) },
    chat: createChatResource(core),
  };
}

function guardHeaders(headers: ClientOptions['headers']): ClientOptions['headers'] {
  if (typeof headers !== 'function') return headers;
  return async () => {
    try {
      return await headers();
    } catch (error) {
      throw toCallbackError('headers', error);
    }
  };
}
