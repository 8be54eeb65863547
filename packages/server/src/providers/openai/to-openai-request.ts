import type { ChatRequest } from '@nova-chat/client/protocol';

/**
 * Converts a request for a server that speaks OpenAI's API: everything is passed on, members that we do not know too.
 * Usage is always asked of a stream, so that each one is accounted for.
 */
export function toOpenAiRequest(request: ChatRequest, options: { model: string; stream: boolean }): ChatRequest {
  const { stream_options: streamOptions, ...rest } = request;
  const { model, stream } = options;
  if (!stream) return { ...rest, model, stream };
  return { ...rest, model, stream, stream_options: { ...streamOptions, include_usage: true } };
}
