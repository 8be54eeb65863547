import type { ChatChunk, ChunkDelta } from './chat-chunk.js';
import type { ChatCompletion } from './chat-completion.js';

/** Turns a whole answer into the one chunk that says the same. `usage`, `nova` and unknown members are kept. */
export function toChunk(completion: ChatCompletion): ChatChunk {
  return {
    ...completion,
    object: 'chat.completion.chunk',
    choices: completion.choices.map(({ message: whole, ...choice }, position) => {
      const { tool_calls: calls, ...message } = whole ?? {};
      const delta: ChunkDelta = calls
        ? { ...message, tool_calls: calls.map((call, index) => ({ index, ...call })) }
        : message;
      // Loose servers leave out the first two.
      return { ...choice, index: choice.index ?? position, finish_reason: choice.finish_reason ?? null, delta };
    }),
  };
}
