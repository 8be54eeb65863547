import type { Usage } from '@nova-chat/client/protocol';
import { toCount } from '../shared/json-value.js';

/** Converts `usageMetadata`. Thoughts are tokens of the completion, as OpenAI counts them. Undefined for no counts. */
export function toUsage(counts: Record<string, unknown>): Usage | undefined {
  if (typeof counts['promptTokenCount'] !== 'number' && typeof counts['totalTokenCount'] !== 'number') return undefined;
  const prompt = toCount(counts['promptTokenCount']) + toCount(counts['toolUsePromptTokenCount']);
  const thoughts = toCount(counts['thoughtsTokenCount']);
  const completion = toCount(counts['candidatesTokenCount']) + thoughts;
  return {
    prompt_tokens: prompt,
    completion_tokens: completion,
    total_tokens: toCount(counts['totalTokenCount']) || prompt + completion,
    prompt_tokens_details: { cached_tokens: toCount(counts['cachedContentTokenCount']) },
    completion_tokens_details: { reasoning_tokens: thoughts },
  };
}
