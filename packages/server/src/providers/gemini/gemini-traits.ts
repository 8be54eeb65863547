/** What differs between generations of models. */
export interface GeminiTraits {
  /** How thinking is asked for: a budget of tokens up to 2.5, a level since 3. */
  thinking: 'none' | 'budget' | 'level';
  /** A turn's first function call must come back with a signature. */
  needsSignature: boolean;
}

/** Tells a model's generation from its name; a name without a number is taken for one of today's. */
export function geminiTraits(model: string): GeminiTraits {
  const match = /gemini-(\d+)(?:\.(\d+))?/.exec(model);
  // Gemma and tuned models think not at all, or not by these members.
  if (!match && !/gemini-/.test(model)) return { thinking: 'none', needsSignature: false };
  const number = match ? Number(match[1]) + Number(match[2] ?? 0) / 10 : 3;
  return { thinking: number >= 3 ? 'level' : number >= 2.5 ? 'budget' : 'none', needsSignature: number >= 3 };
}
