import type { QuestionTerm } from './read-question.js';

/** Gives the share of a question, weighted by what each of its terms says, that is found: 0 to 1. */
export function measureCoverage(terms: readonly QuestionTerm[], shares: readonly number[]): number {
  let total = 0;
  let found = 0;
  for (const [at, { weight }] of terms.entries()) {
    total += weight;
    found += weight * (shares[at] ?? 0);
  }
  return total === 0 ? 0 : found / total;
}
