import type { Provider } from '../provider.js';
import { createVendorProvider, type VendorProviderOptions } from '../shared/create-vendor-provider.js';
import { type AnswerReader, readAnswer } from '../shared/read-answer.js';
import {
  createGeminiStreamState,
  endGeminiStream,
  fromGeminiChunk,
  isGeminiStreamComplete,
} from './from-gemini-chunk.js';
import { fromGeminiResponse } from './from-gemini-response.js';
import { toGeminiError } from './gemini-error.js';
import { toGeminiRequest } from './to-gemini-request.js';

/**
 * Creates the provider of Google's Gemini API. `name` is `gemini` by default; a `baseUrl` without a version gets
 * `/v1beta`. The key goes in a header: URLs end up in logs.
 */
export function createGeminiProvider(options: VendorProviderOptions): Provider {
  const { name = 'gemini', baseUrl, apiKey } = options;
  const root = /\/v\d\w*$/.test(baseUrl) ? baseUrl : `${baseUrl}/v1beta`;
  return createVendorProvider(
    { ...options, name },
    {
      toRequest: (request, { model, stream }) => ({
        url: `${root}/${toModelPath(model)}:${stream ? 'streamGenerateContent?alt=sse' : 'generateContent'}`,
        headers: {
          accept: stream ? 'text/event-stream' : 'application/json',
          ...(apiKey ? { 'x-goog-api-key': apiKey } : {}),
        },
        body: toGeminiRequest(request, model),
      }),
      readStream: (response, { head, request, times }) => {
        const state = createGeminiStreamState(head, request);
        const reader: AnswerReader = {
          take: (event) => fromGeminiChunk(event, state),
          isComplete: () => isGeminiStreamComplete(state),
          end: () => endGeminiStream(state),
        };
        return readAnswer(response, reader, times);
      },
      fromResponse: fromGeminiResponse,
      toError: toGeminiError,
    },
  );
}

/** A model's path: `models/<name>`, unless the name says where it is, as `tunedModels/…` does. */
function toModelPath(model: string): string {
  const path = model.includes('/') ? model : `models/${model}`;
  return path.split('/').map(encodeURIComponent).join('/');
}
