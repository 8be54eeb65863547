/** What a model takes of a request. */
export interface ClaudeTraits {
  /** `temperature` and `top_p`. */
  sampling: boolean;
  /** A conversation that ends with a turn of the assistant, which the answer then continues. */
  prefill: boolean;
  /** How thinking is asked for. */
  thinking: 'none' | 'budget' | 'adaptive';
  /** Whether it thinks unasked. `always`: it cannot be told not to, and so cannot be forced to call a tool either. */
  thinks: 'asked' | 'default' | 'always';
  /** `output_config.format` with a JSON Schema. */
  schema: boolean;
}

const version = /^claude-(?:([a-z]+)-)?(\d)(?:[-.](\d{1,2}))?(?![\d.])/;
const tireless = new Set(['fable', 'mythos']);

/**
 * Tells what a model takes, from its name. Newer models answer 400 to members that older ones took (sampling and
 * prefill), older ones to members that they do not know yet; only the older ones are listed, because their list is
 * closed. A name that is not Claude's belongs to another server with this API: it gets the plain members only.
 */
export function claudeTraits(model: string): ClaudeTraits {
  const match = version.exec(model);
  if (!match) return { sampling: true, prefill: true, thinking: 'none', thinks: 'asked', schema: false };
  const [, family = '', major, minor = 0] = match;
  const number = Number(major) * 100 + Number(minor);
  const isAlwaysOn = number >= 505 || tireless.has(family);
  return {
    sampling: number < 407,
    prefill: number < 406,
    thinking: number < 307 ? 'none' : number < 406 ? 'budget' : 'adaptive',
    thinks: isAlwaysOn ? 'always' : number >= 500 ? 'default' : 'asked',
    schema: number >= 405,
  };
}
