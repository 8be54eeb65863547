import { type ChatRequest, toChunk } from '@nova-chat/client/protocol';
import type { Provider } from '../provider.js';
import { createVendorProvider, type VendorProviderOptions } from '../shared/create-vendor-provider.js';
import { type AnswerReader, readAnswer } from '../shared/read-answer.js';
import { toAnthropicError } from './anthropic-error.js';
import type { AnthropicRequest } from './anthropic-wire.js';
import { createAnthropicStreamState, endAnthropicStream, fromAnthropicEvent } from './from-anthropic-event.js';
import { fromAnthropicResponse } from './from-anthropic-response.js';
import { toAnthropicRequest } from './to-anthropic-request.js';

/** Options of `createAnthropicProvider`. */
export interface AnthropicProviderOptions extends VendorProviderOptions {
  /** `max_tokens` of a request that has none. Default 8192. */
  maxTokens?: number;
}

/** Creates the provider of Anthropic's Messages API. `name` is `claude` by default; `baseUrl` is without `/v1`. */
export function createAnthropicProvider(options: AnthropicProviderOptions): Provider {
  const { name = 'claude', baseUrl, apiKey, maxTokens } = options;
  const refused = new WeakSet<ChatRequest>();
  // Some tools want the version in this variable, others do not: both are taken.
  const url = `${baseUrl.replace(/\/v1$/, '')}/v1/messages`;
  return createVendorProvider(
    { ...options, name },
    {
      toRequest: (request, { model, stream }) => ({
        url,
        headers: {
          accept: stream ? 'text/event-stream' : 'application/json',
          'anthropic-version': '2023-06-01',
          ...(apiKey ? { 'x-api-key': apiKey } : {}),
        },
        body: toAnthropicRequest(request, { model, stream, maxTokens, dropsThinking: refused.has(request) }),
      }),
      readStream: (response, { head, times }) => {
        const state = createAnthropicStreamState(head);
        const reader: AnswerReader = {
          take(event) {
            if (event['type'] !== 'message') return fromAnthropicEvent(event, state);
            // The whole message at once, from a server that does not stream.
            const chunk = toChunk(fromAnthropicResponse(event, head));
            state.isFinished = true;
            return [chunk];
          },
          isComplete: () => state.isFinished,
          end: () => endAnthropicStream(state),
        };
        return readAnswer(response, reader, times);
      },
      fromResponse: fromAnthropicResponse,
      toError: toAnthropicError,
      // It holds for the model, the account and the words before it alone, and any of them may have changed
      // (https://platform.claude.com/docs/en/build-with-claude/preserved-thinking).
      adaptToRefusal({ status, text }, { request, body }) {
        if (status !== 400 || !/thinking|signature/i.test(text) || !hasThinking(body as AnthropicRequest)) return false;
        refused.add(request);
        return true;
      },
    },
  );
}

function hasThinking({ messages }: AnthropicRequest): boolean {
  return messages.some(({ content }) =>
    content.some(({ type }) => type === 'thinking' || type === 'redacted_thinking'),
  );
}
