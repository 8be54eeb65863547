import type { ErrorBody } from '../protocol/index.js';

/** Gives the word by which a server names its error, for a message: ` (word)`, or '' when it has none that is safe. */
export function toWord(error: ErrorBody['error'] | undefined): string {
  const word = [error?.code, error?.type].find((text) => text && /^[\w.-]{1,64}$/.test(text));
  return word ? ` (${word})` : '';
}
