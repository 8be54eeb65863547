import type { ChatRequest, Usage } from '@nova-chat/client/protocol';

/** Adds up what two calls cost, details included. */
export function addUsage(one: Usage, other: Usage): Usage {
  return addNumbers(one, other) as Usage;
}

function addNumbers(one: object, other: object): object {
  const sum: Record<string, unknown> = { ...one };
  for (const [name, value] of Object.entries(other)) {
    const known = sum[name];
    if (typeof value === 'number') sum[name] = value + (typeof known === 'number' ? known : 0);
    else if (value && typeof value === 'object') {
      sum[name] = known && typeof known === 'object' ? addNumbers(known, value) : value;
    }
  }
  return sum;
}

/** OpenAI's own rule of thumb for English. */
const charsPerToken = 4;

/** Guesses how many tokens a text is. */
export function estimateTokens({ length }: { length: number }): number {
  return Math.ceil(length / charsPerToken);
}

/** Guesses what a call cost that broke off before it said so. */
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
