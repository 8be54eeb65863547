/** Which choices of an answer have begun and which have ended. It outlives a connection: a resume continues with it. */
export interface ChoiceProgress {
  note(choices: readonly { index?: unknown; finish_reason?: unknown }[]): void;
  hasBegun(): boolean;
  /** Whether all that have begun have ended, and as many as were asked for. */
  isComplete(): boolean;
}

/** Creates the progress of an answer that has not begun. `asked`: the `n` of the request; default 1. */
export function createChoiceProgress(asked?: unknown): ChoiceProgress {
  const seen = new Set<unknown>();
  const ended = new Set<unknown>();
  return {
    note(choices) {
      choices.forEach(({ index, finish_reason: reason }) => {
        seen.add(index);
        if (reason) ended.add(index);
      });
    },
    hasBegun: () => seen.size > 0,
    isComplete: () => ended.size >= Math.max(seen.size, Number(asked) || 1),
  };
}
