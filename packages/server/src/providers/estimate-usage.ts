import type { ChatRequest, Usage } from '@nova-chat/client/protocol';

/** There is no tokenizer here: OpenAI's own rule of thumb for English. */
export const charsPerToken = 4;

/** Guesses how many tokens a text is. */
export function estimateTokens({ length }: { length: number }): number {
  return Math.ceil(length / charsPerToken);
}

/** Estimates the usage of an answer whose provider has reported none: a quoted one, or one that broke off. */
export function estimateUsage({ messages }: ChatRequest, said: string): Usage {
  const length = messages.reduce((sum, { content }) => sum + toLength(content), 0);
  const prompt_tokens = estimateTokens({ length });
  const completion_tokens = estimateTokens(said);
  return { prompt_tokens, completion_tokens, total_tokens: prompt_tokens + completion_tokens };
}

function toLength(content: ChatRequest['messages'][number]['content']): number {
  if (typeof content === 'string') return content.length;
  // A serializer may have written null for what a part has not.
  return (content ?? []).reduce((sum, part) => sum + (('text' in part && part.text?.length) || 0), 0);
}
