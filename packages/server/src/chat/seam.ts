import { createScan } from './create-scan.js';
import { measureOverlap } from './measure-overlap.js';

/** A text that begins the answer anew in other words: nothing can be put behind what was said without doubling it. */
export class SeamError extends Error {
  override readonly name: 'SeamError' = 'SeamError' as const;
}

/** So much of the beginning said again is no accident, in UTF-16 code units. */
const restartLength = 20;

/** Puts a second text behind one that was cut off, without what it repeats of it. */
export interface Seam {
  /** Takes the next piece; gives what may be said of it. Throws a `SeamError`. */
  push(piece: string): string;
  /** Gives what was still held back at the end. Throws a `SeamError`. */
  end(): string;
}

/**
 * Creates the seam behind `before`. The first words are held back for as long as they could be a repetition, that is
 * while they stand somewhere in `before`; from there on everything passes.
 */
export function createSeam(before: string): Seam {
  let held: string | undefined = '';
  /** Where in `before` it stands first. */
  let at = 0;
  const release = (text: string): string => {
    held = undefined;
    const overlap = measureOverlap(before, text);
    if (overlap === 0 && isRestart(before, text)) throw new SeamError('The answer was begun anew in other words.');
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
  const scan = createScan(part);
  for (let at = from + 1; at < text.length; at += 1) {
    if (scan.next(text.charCodeAt(at)) === part.length) return at + 1 - part.length;
  }
  return -1;
}

function isRestart(before: string, text: string): boolean {
  const beginning = text.trimStart().slice(0, restartLength);
  return beginning.length === restartLength && before.trimStart().startsWith(beginning);
}
