import type { ChatChunk } from './chat-chunk.js';

/**
 * Tells whether a chunk says something: text, reasoning, a refusal, a tool call, a citation, or the end of a choice.
 * A chunk with only a role, empty text, usage or `nova` does not; nobody is committed by it and no timer is fed.
 */
export function hasContent({ choices }: ChatChunk): boolean {
  return choices.some(({ delta, finish_reason: reason }) =>
    Boolean(
      reason ||
        delta.content ||
        delta.reasoning_content ||
        delta.refusal ||
        delta.tool_calls?.length ||
        delta.annotations?.length,
    ),
  );
}
