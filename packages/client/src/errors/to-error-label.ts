import type { ErrorBody } from '../protocol/index.js';

/**
 * Gives the words by which a server names its error and the member of the request at fault, for a message:
 * ` (word: member)`. Without what is not safe there; '' when nothing is left.
 */
export function toErrorLabel(error: ErrorBody['error'] | undefined): string {
  const words = [[error?.code, error?.type].find(isSafe), error?.param].filter(isSafe);
  return words[0] ? ` (${words.join(': ')})` : '';
}

/** A word or a path in a request: bounded, and without blanks, markup or line breaks that could forge a line of a log. */
function isSafe(text: string | null | undefined): boolean {
  return /^[\w.[\]-]{1,64}$/.test(text ?? '');
}
