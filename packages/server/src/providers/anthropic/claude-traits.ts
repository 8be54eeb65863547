/** What a model takes of a request. */
export interface ClaudeTraits {
  /** `temperature` and `top_p`. */
  sampling: boolean;
  /** A conversation that ends with a turn of the assistant, which the answer then continues. */
  prefill: boolean;
  /** How thinking is asked for. */
  thinking: 'none' | 'budget' | 'adaptive';
  /** Whether it thinks unasked. `always`: not only before the answer, so that it cannot be forced to call a tool. */
  thinks: 'asked' | 'default' | 'always';
  /** How one that thinks unasked is told not to; undefined where it cannot be. */
  off: 'disabled' | 'between_tools' | undefined;
  /** The effort between `high` and `max`. */
  xhigh: boolean;
  /** `output_config.format` with a JSON Schema. */
  schema: boolean;
}

const version = /^claude-(?:([a-z]+)-)?(\d)(?:[-.](\d{1,2}))?(?![\d.])/;
const alwaysThinkingFamilies = new Set(['fable', 'mythos']);

/**
 * Tells what a model takes, from its name. Newer models answer 400 to members that older ones took (sampling and
 * prefill), older ones to members that they do not know yet; only the older ones are listed, because their list is
 * closed. A name that is not Claude's belongs to another server with this API: it gets the plain members only.
 */
export function claudeTraits(model: string): ClaudeTraits {
  const match = version.exec(model);
  if (!match) {
    const plain = { sampling: true, prefill: true, thinking: 'none', thinks: 'asked', schema: false } as const;
    return { ...plain, off: undefined, xhigh: false };
  }
  const [, family = '', major, minor = 0] = match;
  const number = Number(major) * 100 + Number(minor);
  // Of later generations nothing is known yet: they are taken for what the largest of this one are.
  const isLate = number >= 600;
  const isAlwaysOn = isLate || alwaysThinkingFamilies.has(family) || (number >= 505 && family !== 'haiku');
  // https://platform.claude.com/docs/en/models/sonnet-5-5/whats-new-sonnet-5-5
  const always = family === 'sonnet' && !isLate ? 'between_tools' : undefined;
  return {
    sampling: number < 407,
    prefill: number < 406,
    thinking: number < 307 ? 'none' : number < 406 ? 'budget' : 'adaptive',
    thinks: isAlwaysOn ? 'always' : number >= 500 ? 'default' : 'asked',
    off: isAlwaysOn ? always : number >= 500 ? 'disabled' : undefined,
    xhigh: number >= 407,
    schema: number >= 405,
  };
}
