import type { ChatChunk } from './chat-chunk.js';
import { listMembers, textMembers } from './parse-chunk.js';

const saying = [...textMembers, ...listMembers, 'function_call', 'audio', 'images'];

/**
 * Tells whether a chunk says something: text, reasoning, a refusal, a call, a citation, speech, a picture, or the end of a
 * choice. A chunk with only a role, empty text, usage or `nova` does not; it commits nothing and restarts no timer.
 */
export function hasContent({ choices }: ChatChunk): boolean {
  return choices.some(
    ({ delta, finish_reason: reason }) =>
      reason || saying.some((member) => delta[member] && (delta[member] as unknown[]).length !== 0),
  );
}
