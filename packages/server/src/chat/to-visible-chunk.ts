import type { ChatChunk } from '@nova-chat/client/protocol';
import type { ChatCall } from './chat-call.js';

/**
 * Notes the usage of a chunk for the log and hides it from a caller who did not ask for it: providers are always asked,
 * so that every stream is accounted for. Gives undefined for a chunk that held nothing else.
 */
export function toVisibleChunk(chunk: ChatChunk, { request, record }: ChatCall): ChatChunk | undefined {
  if (chunk.usage === undefined) return chunk;
  if (chunk.usage) {
    record.promptTokens = chunk.usage.prompt_tokens;
    record.completionTokens = chunk.usage.completion_tokens;
  }
  if (request.stream_options?.include_usage) return chunk;
  const { usage: _, ...rest } = chunk;
  return rest.choices.length === 0 ? undefined : (rest as ChatChunk);
}
