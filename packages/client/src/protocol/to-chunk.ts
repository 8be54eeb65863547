import type { ChatChunk, ChunkDelta } from './chat-chunk.js';
import type { ChatCompletion } from './chat-completion.js';

/** Turns a whole answer into the one chunk that says the same. `usage`, `nova` and unknown members are kept. */
export function toChunk(completion: ChatCompletion): ChatChunk {
  return {
    ...completion,
    object: 'chat.completion.chunk',
    choices: completion.choices.map(({ message, ...choice }, position) => {
      const { tool_calls: toolCalls, ...rest } = message ?? {};
      const delta: ChunkDelta = rest;
      if (toolCalls) delta.tool_calls = toolCalls.map((call, index) => ({ ...call, index }));
      return { ...choice, index: choice.index ?? position, finish_reason: choice.finish_reason ?? null, delta };
    }),
  };
}
