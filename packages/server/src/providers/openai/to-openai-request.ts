import type { ChatMessage, ChatRequest } from '@nova-chat/client/protocol';

/**
 * Routers behind this API (OpenRouter, LiteLLM) take orders by these: another model than the one that the operator allows,
 * another address, another key, tools that cost. Those are not for a visitor to give.
 */
const ofOperator = [
  ...['models', 'fallbacks', 'route', 'provider', 'plugins', 'preset', 'model_list', 'user_config'],
  ...['api_base', 'base_url', 'api_key', 'custom_llm_provider', 'extra_headers', 'extra_body'],
];

/**
 * Converts a request for a server that speaks OpenAI's API: what it says is passed on, members that we do not know too,
 * except those by which a router is told whom to ask. Usage is always asked of a stream, so that each one is accounted for.
 */
export function toOpenAiRequest(request: ChatRequest, options: { model: string; stream: boolean }): ChatRequest {
  const { stream_options: streamOptions, ...rest } = request;
  rest.messages = rest.messages.map(withoutNoCalls);
  for (const name of ofOperator) if (name in rest) delete rest[name];
  const { model, stream } = options;
  if (!stream) return { ...rest, model, stream };
  return { ...rest, model, stream, stream_options: { ...streamOptions, include_usage: true } };
}

/** OpenAI refuses a list without calls, and some servers give out one or null. */
function withoutNoCalls(message: ChatMessage): ChatMessage {
  if (!('tool_calls' in message) || message.tool_calls?.length) return message;
  const { tool_calls: _, ...rest } = message;
  return rest;
}
