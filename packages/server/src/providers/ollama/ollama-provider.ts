import type { Provider } from '../provider.js';
import { createVendorProvider, type VendorProviderOptions } from '../shared/create-vendor-provider.js';
import { type AnswerReader, readAnswer } from '../shared/read-answer.js';
import { createOllamaStreamState, fromOllamaChunk } from './from-ollama-chunk.js';
import { fromOllamaResponse } from './from-ollama-response.js';
import { toOllamaError } from './ollama-error.js';
import type { OllamaRequest } from './ollama-wire.js';
import { toOllamaRequest } from './to-ollama-request.js';

/**
 * Creates the provider of an Ollama server, by its own API. `name` is `ollama` by default; `baseUrl` is the server's
 * root. A key is only needed for a server behind a gate, and goes as a bearer token.
 */
export function createOllamaProvider(options: VendorProviderOptions): Provider {
  const { name = 'ollama', baseUrl, apiKey } = options;
  const modelsWithoutThinking = new Set<string>();
  // The roots of its two APIs are often taken for the server's.
  const url = `${baseUrl.replace(/\/(?:api|v1)$/, '')}/api/chat`;
  return createVendorProvider(
    { ...options, name },
    {
      toRequest: (request, { model, stream }) => ({
        url,
        headers: {
          accept: stream ? 'application/x-ndjson' : 'application/json',
          ...(apiKey ? { authorization: `Bearer ${apiKey}` } : {}),
        },
        body: toOllamaRequest(request, { model, stream, cannotThink: modelsWithoutThinking.has(model) }),
      }),
      readStream: (response, { head, times }) => {
        const state = createOllamaStreamState(head);
        const reader: AnswerReader = {
          take: (line) => fromOllamaChunk(line, state),
          isComplete: () => state.isFinished,
          // Usage came with the finish reason.
          end: () => [],
        };
        return readAnswer(response, reader, times);
      },
      fromResponse: (body, head) => fromOllamaResponse(body, head),
      toError: toOllamaError,
      adaptToRefusal({ status, text }, { body }) {
        if (status !== 400 || !('think' in body) || !/does not support thinking/.test(text)) return false;
        modelsWithoutThinking.add((body as OllamaRequest).model);
        return true;
      },
    },
  );
}
