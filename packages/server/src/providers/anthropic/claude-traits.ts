/** What a model takes of a request. */
export interface ClaudeTraits {
  /** `temperature` and `top_p`. */
  sampling: boolean;
  /** A conversation that ends with a turn of the assistant, which the answer then continues. */
  prefill: boolean;
  /** How thinking is asked for. */
  thinking: 'none' | 'budget' | 'adaptive';
  /** `output_config.format` with a JSON Schema. */
  schema: boolean;
}

const version = /^claude-(?:[a-z]+-)?(\d)(?:[-.](\d{1,2}))?(?![\d.])/;

/**
 * Tells what a model takes, from its name. Newer models answer 400 to members that older ones took (sampling and
 * prefill), older ones to members that they do not know yet; only the older ones are listed, because their list is
 * closed. A name that is not Claude's belongs to another server with this API: it gets the plain members only.
 */
export function claudeTraits(model: string): ClaudeTraits {
  const match = version.exec(model);
  if (!match) return { sampling: true, prefill: true, thinking: 'none', schema: false };
  const number = Number(match[1]) * 100 + Number(match[2] ?? 0);
  return {
    sampling: number < 407,
    prefill: number < 406,
    thinking: number < 307 ? 'none' : number < 406 ? 'budget' : 'adaptive',
    schema: number >= 405,
  };
}
