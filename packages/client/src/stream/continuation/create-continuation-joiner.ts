import { createPrefixMatcher } from './create-prefix-matcher.js';
import { measureOverlap } from './measure-overlap.js';

/** The continuation starts the answer over in other words: nothing of it can be added without saying things twice. */
export class RestartedAnswerError extends Error {
  override readonly name: 'RestartedAnswerError' = 'RestartedAnswerError' as const;
  /** What has come of the continuation. */
  readonly text: string;

  constructor(text: string) {
    super('The continuation starts the answer over in other words.');
    this.text = text;
  }
}

/** So much of the beginning said again is no accident, in UTF-16 code units. */
const restartLength = 20;

/** Joins the continuation of an answer to the part that was cut off, without the words that it repeats. */
export interface ContinuationJoiner {
  /** Takes the next piece of the continuation; gives what it adds to the answer. Throws a `RestartedAnswerError`. */
  push(piece: string): string;
  /** Gives what was held back until the end. Throws a `RestartedAnswerError`. */
  end(): string;
}

/**
 * Creates the joiner of what continues `before`. The first words are held back for as long as they could be a repetition,
 * that is while they stand somewhere in `before`; from there on everything passes.
 */
export function createContinuationJoiner(before: string): ContinuationJoiner {
  let held: string | undefined = '';
  /** Where in `before` it stands first. */
  let at = 0;
  const release = (text: string): string => {
    held = undefined;
    const overlap = measureOverlap(before, text);
    if (overlap === 0 && isRestart(before, text)) throw new RestartedAnswerError(text);
    return text.slice(overlap);
  };
  return {
    push(piece) {
      if (held === undefined) return piece;
      held += piece;
      at = findFrom(before, held.trimStart(), at);
      return at >= 0 ? '' : release(held);
    },
    end() {
      if (held === undefined) return '';
      const again = held.trim();
      // The beginning and no more: the answer was whole. Anything else is said twice, as a refrain is.
      const isOld =
        again.length >= restartLength && before.trimStart().startsWith(again) && measureOverlap(before, held) === 0;
      return isOld ? '' : release(held);
    },
  };
}

function findFrom(text: string, part: string, from: number): number {
  if (text.startsWith(part, from)) return from;
  const matcher = createPrefixMatcher(part);
  for (let at = from + 1; at < text.length; at += 1) {
    if (matcher.next(text.charCodeAt(at)) === part.length) return at + 1 - part.length;
  }
  return -1;
}

function isRestart(before: string, text: string): boolean {
  const beginning = text.trimStart().slice(0, restartLength);
  return beginning.length === restartLength && before.trimStart().startsWith(beginning);
}
