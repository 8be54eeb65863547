import { readChat } from '@nova-chat/client/stream';
import type { Provider, ProviderChunk } from '../provider.js';
import {
  type AnswerContext,
  createVendorProvider,
  type VendorProviderOptions,
} from '../shared/create-vendor-provider.js';
import type { VendorResponse } from '../shared/post-request.js';
import { createTotalTimeout } from '../shared/read-answer.js';
import { createChunkParser } from './create-chunk-parser.js';
import { fromOpenAiCompletion } from './from-openai-completion.js';
import { createToolCallMender } from './mend-tool-calls.js';
import { toOpenAiError } from './openai-error.js';
import { createRefusedMembers } from './refused-members.js';
import { toOpenAiRequest } from './to-openai-request.js';

/** Creates the provider of a server that speaks OpenAI's chat completions. `name` is `openai` by default. */
export function createOpenAiProvider(options: VendorProviderOptions): Provider {
  const { name = 'openai', baseUrl, apiKey } = options;
  // Vendors also show the address of the endpoint as the base URL.
  const url = `${baseUrl.replace(/\/chat\/completions$/, '')}/chat/completions`;
  const refused = createRefusedMembers();
  return createVendorProvider(
    { ...options, name },
    {
      toRequest: (request, { model, requestId, stream }) => ({
        url,
        headers: {
          accept: stream ? 'text/event-stream' : 'application/json',
          'x-client-request-id': requestId,
          ...(apiKey ? { authorization: `Bearer ${apiKey}` } : {}),
        },
        body: refused.leaveOut(toOpenAiRequest(request, { model, stream })),
      }),
      readStream: readChunks,
      fromResponse: fromOpenAiCompletion,
      toError: toOpenAiError,
      adaptToRefusal: refused.adaptToRefusal,
      // Everything is passed on; the server behind says what it does not support.
      refuses: () => undefined,
    },
  );
}

async function* readChunks(
  response: VendorResponse,
  { request, times }: AnswerContext,
): AsyncGenerator<ProviderChunk[]> {
  const parser = createChunkParser({ keepsUsage: request.stream_options?.include_usage ?? false });
  const reader = readChat(response, { times, choices: request.n ?? 1, parse: parser.parse });
  const mendCalls = createToolCallMender();
  const total = setTimeout(() => reader.fail(createTotalTimeout()), times.totalMs);
  try {
    for await (const chunks of reader) {
      const batch = parser.withJson(chunks);
      for (const { chunk, json } of batch) if (json === undefined) mendCalls(chunk);
      yield batch;
    }
  } finally {
    clearTimeout(total);
  }
}
