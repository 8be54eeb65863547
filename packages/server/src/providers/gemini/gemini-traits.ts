/** What differs between generations of models (https://ai.google.dev/gemini-api/docs/gemini-3). */
export interface GeminiTraits {
  /** How thinking is asked for: a budget of tokens up to 2.5, a level since 3. */
  thinking: 'none' | 'budget' | 'level';
  /** The least that a model which thinks by levels can think. */
  leastLevel: 'MINIMAL' | 'LOW';
  /** A turn's first function call must come back with a signature. */
  needsSignature: boolean;
  /** `candidateCount`, which is refused since 3. */
  choices: boolean;
  /** `presencePenalty` and `frequencyPenalty`, which are refused since 3.5. */
  penalties: boolean;
  /** A conversation that ends with a turn of the model, which is refused since 3.5. */
  prefill: boolean;
}

/** Tells a model's generation from its name; a name without a number is taken for one of today's. */
export function geminiTraits(model: string): GeminiTraits {
  const match = /gemini-(\d+)(?:\.(\d+))?/.exec(model);
  // Gemma and tuned models think not at all, or not by these members.
  const isGemini = /gemini-/.test(model);
  const number = match ? Number(match[1]) + Number(match[2] ?? 0) / 10 : isGemini ? Number.POSITIVE_INFINITY : 0;
  return {
    thinking: number >= 3 ? 'level' : number >= 2.5 ? 'budget' : 'none',
    leastLevel: number < 3.8 && !model.includes('pro') ? 'MINIMAL' : 'LOW',
    needsSignature: number >= 3,
    choices: number < 3,
    penalties: number < 3.5,
    prefill: number < 3.5,
  };
}
