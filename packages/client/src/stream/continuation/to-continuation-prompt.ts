/** So much is asked to be repeated, in UTF-16 code units. */
const tailLength = 60;

/**
 * Writes what a model is told, as the last turn, to continue the answer in the turn before. Its last words are asked for
 * again, because only a repetition tells whether the cut was in the middle of a word; `createContinuationJoiner` takes them
 * out.
 */
export function toContinuationPrompt(said: string): string {
  return (
    'Your answer above was cut off. Continue it in the same language and format. ' +
    `Begin by repeating its last words exactly, ${JSON.stringify(toTail(said))}, and go on from there. ` +
    'Do not begin again, and do not mention the cut.'
  );
}

/** The last words, from the beginning of a word where there is one. */
function toTail(said: string): string {
  const text = said.trimEnd();
  if (text.length <= tailLength) return text.trimStart();
  const tail = text.slice(-tailLength);
  const space = tail.search(/\s/);
  return space >= 0 && space < tailLength / 2 ? tail.slice(space + 1) : tail;
}
