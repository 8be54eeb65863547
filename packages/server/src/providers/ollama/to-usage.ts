import type { Usage } from '@nova-chat/client/protocol';

/** Converts the counts of a last line. Old servers leave the prompt's out when it was cached. Undefined for none. */
export function toUsage(line: Record<string, unknown>): Usage | undefined {
  const { prompt_eval_count: promptCount, eval_count: evalCount } = line;
  if (typeof promptCount !== 'number' && typeof evalCount !== 'number') return undefined;
  const prompt = typeof promptCount === 'number' ? promptCount : 0;
  const completion = typeof evalCount === 'number' ? evalCount : 0;
  return { prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion };
}
