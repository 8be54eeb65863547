/** The candidates that may be asked now. */
export interface Candidates<T> {
  /** In the order of the configuration; empty when none may be asked. */
  ready: readonly T[];
  /**
   * Without a ready one: time until the first of them may be asked, rounded up to ms: what a 503 says in `Retry-After`.
   * 0 with a ready one.
   */
  retryInMs: number;
}

/**
 * Selects the candidates that may be asked now. A target that waits for its probe keeps its place: behind the healthy ones it would
 * be reached only when they fail, and a preferred provider that has recovered would never come back.
 */
export function toCandidates<T>(targets: readonly T[], retryInMs: (target: T) => number): Candidates<T> {
  const ready: T[] = [];
  let soonestMs = Number.POSITIVE_INFINITY;
  for (const target of targets) {
    const ms = retryInMs(target);
    if (ms === 0) ready.push(target);
    else soonestMs = Math.min(soonestMs, ms);
  }
  const isBlocked = ready.length === 0 && targets.length > 0;
  return { ready, retryInMs: isBlocked ? Math.ceil(soonestMs) : 0 };
}
