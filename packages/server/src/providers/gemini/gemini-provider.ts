import type { ChatRequest } from '@nova-chat/client/protocol';
import type { Provider } from '../provider.js';
import { createVendorProvider, type VendorProviderOptions } from '../shared/create-vendor-provider.js';
import { type AnswerReader, readAnswer } from '../shared/read-answer.js';
import {
  createGeminiStreamState,
  endGeminiStream,
  fromGeminiChunk,
  isGeminiStreamComplete,
  isGeminiStreamEnough,
} from './from-gemini-chunk.js';
import { fromGeminiResponse } from './from-gemini-response.js';
import { toGeminiError } from './gemini-error.js';
import { readThoughtSignature } from './thought-signature.js';
import { toGeminiRequest } from './to-gemini-request.js';

/**
 * Creates the provider of Google's Gemini API. `name` is `gemini` by default; a `baseUrl` without a version gets
 * `/v1beta`. The key goes in a header: URLs end up in logs.
 */
export function createGeminiProvider(options: VendorProviderOptions): Provider {
  const { name = 'gemini', baseUrl, apiKey } = options;
  const refused = new WeakSet<ChatRequest>();
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
        body: toGeminiRequest(request, model, { dropsSignatures: refused.has(request) }),
      }),
      readStream: (response, { head, request, times }) => {
        const state = createGeminiStreamState(head, request);
        const reader: AnswerReader = {
          take: (event) => fromGeminiChunk(event, state),
          isComplete: () => isGeminiStreamComplete(state),
          isEnough: () => isGeminiStreamEnough(state),
          end: () => endGeminiStream(state),
        };
        return readAnswer(response, reader, times);
      },
      fromResponse: fromGeminiResponse,
      toError: toGeminiError,
      // It holds for the model and the account that gave it, and either may have changed since.
      adaptToRefusal({ status, text }, { request }) {
        if (status !== 400 || !/thought.?signature/i.test(text) || refused.has(request)) return false;
        if (!hasSignatures(request)) return false;
        refused.add(request);
        return true;
      },
    },
  );
}

function hasSignatures({ messages }: ChatRequest): boolean {
  return messages.some((message) => 'tool_calls' in message && message.tool_calls?.some(readThoughtSignature));
}

/** A model's path: `models/<name>`, unless the name says where it is, as `tunedModels/…` does. */
function toModelPath(model: string): string {
  const path = model.includes('/') ? model : `models/${model}`;
  return path.split('/').map(encodeURIComponent).join('/');
}
