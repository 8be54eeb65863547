import type { ChatChunk, ChunkDelta } from './chat-chunk.js';
import type { ChatCompletion } from './chat-completion.js';

/** Turns a whole answer into the one chunk that says the same. `usage`, `nova` and unknown members are kept. */
export function toChunk(completion: ChatCompletion): ChatChunk {
  return {
    ...completion,
    object: 'chat.completion.chunk',
    choices: completion.choices.map(({ message: { tool_calls: calls, ...message }, ...choice }) => {
      const delta: ChunkDelta = calls
        ? { ...message, tool_calls: calls.map((call, index) => ({ index, ...call })) }
        : message;
      return { ...choice, delta };
    }),
  };
}
