import { createPrefixMatcher } from './create-prefix-matcher.js';

/** A character that words are made of. Scripts that put no space between words have their words everywhere. */
const inWord = /[\p{L}\p{N}_]/u;
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

/** Enough to be no accident, wherever it begins. */
const certainLength = 12;
/** Enough at the beginning of a word. */
const likelyLength = 3;

/**
 * Measures how much at the start of `after` only repeats the end of `before`, in UTF-16 code units, the white space before
 * the repetition included. A model that continues a text that was cut off tends to begin with its last words, and
 * sometimes with the whole of it.
 *
 * What merely could be a repetition does not count: a letter or two in the middle of words ("Hel" + "lo"), and a word behind a
 * space that the text before does not have ("very" + " very"), which is how an exact continuation begins.
 */
export function measureOverlap(before: string, after: string): number {
  const end = before.trimEnd();
  const body = after.trimStart();
  const lead = after.length - body.length;
  const isExact = lead > 0 && end.length === before.length;
  for (const length of sharedLengths(end, body)) {
    if (length < certainLength && (isExact || !isRepetition(end, body, length))) continue;
    const space = body.length - length - body.slice(length).trimStart().length;
    // The white space that both have is said already.
    return lead + length + Math.min(space, before.length - end.length);
  }
  return 0;
}

/** Gives how much at the end of `end` stands at the start of `body` too, the longest first. */
function* sharedLengths(end: string, body: string): Generator<number, void, undefined> {
  const matcher = createPrefixMatcher(body);
  let length = 0;
  for (let at = Math.max(0, end.length - body.length); at < end.length; at += 1)
    length = matcher.next(end.charCodeAt(at));
  for (; length > 0; length = matcher.shorter(length)) yield length;
}

function isRepetition(before: string, body: string, length: number): boolean {
  const start = before.length - length;
  if (start === 0) return true;
  const beginsWord = !joins(before.charAt(start - 1), before.charAt(start));
  if (!beginsWord || !/[\p{L}\p{N}]/u.test(body.slice(0, length))) return false;
  // A short word that is whole on both sides.
  return length >= likelyLength || !joins(body.charAt(length - 1), body.charAt(length));
}

/** The two characters stand in the same word. */
function joins(left: string, right: string): boolean {
  return inWord.test(left) && inWord.test(right) && !unspaced.test(left) && !unspaced.test(right);
}
