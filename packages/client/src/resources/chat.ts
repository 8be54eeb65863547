import type { CallOptions, ChatStreamOptions } from '../client-options.js';
import { NovaError } from '../errors/nova-error.js';
import { checkObject } from '../options/check-options.js';
import { type ChatCompletion, type ChatRequest, toChunk, toParsedChunk } from '../protocol/index.js';
import { createAccumulator, toStreamError } from '../stream/index.js';
import type { ChatStream } from './answer/chat-stream.js';
import { createChatStream } from './answer/create-chat-stream.js';
import { callJson, type ResponsePromise } from './call-json.js';
import { checkChatRequest, checkStreamOptions } from './check-client-options.js';
import type { ClientCore } from './client-core.js';
import { type ParsedCompletion, parseChat, type StandardSchema } from './parse-chat.js';
import { withIdempotencyKey } from './request/with-idempotency-key.js';

/** What can be asked of a model. Its methods need no `this`: `{ send: nova.chat.stream }` answers a conversation. */
export interface ChatResource {
  /** Gets a whole answer in one piece. Rejects with a `NovaError`. */
  create(request: ChatRequest, options?: CallOptions): ResponsePromise<ChatCompletion>;
  /**
   * Gets an answer as a value of a schema of any validator that follows Standard Schema (https://standardschema.dev).
   * The model is told the schema when the validator can say it as JSON Schema, unless `response_format` is given.
   * Rejects with `invalid_response` when the answer does not fit; what came is in `partial`.
   */
  parse<T>(request: ChatRequest, schema: StandardSchema<T>, options?: CallOptions): Promise<ParsedCompletion<T>>;
  /** Starts a streamed answer, at once. How it went is the stream's outcome; throws only `invalid_option`. */
  stream(request: ChatRequest, options?: ChatStreamOptions): ChatStream;
  /**
   * Picks up an answer that is under way on the server, after a page reload too. `after`: the id of the last event that
   * is known, or its number; left out, the answer comes from its beginning.
   */
  resume(streamId: string, options?: ChatStreamOptions & { after?: string | number | undefined }): ChatStream;
}

/** Creates the chat calls of a client. */
export function createChatResource(core: ClientCore): ChatResource {
  const start = (
    body: ChatRequest | undefined,
    options: ChatStreamOptions,
    at?: { streamId: string; lastEventId: string | undefined },
  ): ChatStream => {
    checkStreamOptions(options);
    return createChatStream({ ...core.openRun(options), body, options: withIdempotencyKey(options) }, at);
  };

  const create: ChatResource['create'] = (request, options) =>
    callJson(
      core,
      {
        method: 'POST',
        path: '/v1/chat/completions',
        check: () => checkChatRequest(request),
        body: { ...request, stream: false },
        // The headers come with the whole answer.
        headersTimeoutMs: Number.POSITIVE_INFINITY,
        parse: parseCompletion,
      },
      options,
    );

  return {
    create,
    parse: (request, schema, options) => parseChat(create, { request, schema, options }),
    stream(request, options = {}) {
      checkChatRequest(request);
      return start(request, options);
    },
    resume(streamId, options = {}) {
      checkObject(options, 'options');
      const { after, ...rest } = options;
      const lastEventId = typeof after === 'number' ? `${streamId}:${after}` : after;
      return start(undefined, rest, { streamId, lastEventId });
    },
  };
}

/** Loose servers are put right as a stream of theirs is: by what puts chunks together. */
function parseCompletion(value: unknown): ChatCompletion {
  const parsed = toParsedChunk(value);
  // Some servers say what went wrong with status 200.
  if (parsed.type === 'error') throw toStreamError(parsed.body);
  if (parsed.type === 'completion') {
    const accumulator = createAccumulator();
    accumulator.add(toChunk(parsed.completion));
    return accumulator.toCompletion();
  }
  throw new NovaError({
    code: 'invalid_response',
    message: 'The answer is JSON, but no chat completion. Check that the base URL points to the API.',
  });
}
