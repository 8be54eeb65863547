import type { Usage } from '@nova-chat/client/protocol';
import { toCount, toRecord } from '../shared/json-value.js';

/**
 * Converts Anthropic's counts. Its `input_tokens` are only those that no cache had; OpenAI's `prompt_tokens` are all.
 * What was written to the cache is in `prompt_tokens_details.cache_creation_tokens`. Gives undefined for no counts.
 */
export function toUsage(counts: Record<string, unknown>): Usage | undefined {
  const output = counts['output_tokens'];
  if (typeof output !== 'number' && typeof counts['input_tokens'] !== 'number') return undefined;
  const read = toCount(counts['cache_read_input_tokens']);
  const written = toCount(counts['cache_creation_input_tokens']);
  const prompt = toCount(counts['input_tokens']) + read + written;
  const completion = toCount(output);
  const { thinking_tokens: thinking } = toRecord(counts['output_tokens_details']);
  return {
    prompt_tokens: prompt,
    completion_tokens: completion,
    total_tokens: prompt + completion,
    prompt_tokens_details: { cached_tokens: read, cache_creation_tokens: written },
    ...(typeof thinking !== 'number' ? {} : { completion_tokens_details: { reasoning_tokens: thinking } }),
  };
}
