/** So much is asked to be repeated, in characters. */
const tailLength = 60;
/** A shorter repetition may be an accident. */
const leastLength = 4;

/** The last words of what has been said, from the beginning of a word where there is one. */
export function toTail(said: string): string {
  const tail = said.trimEnd().slice(-tailLength);
  const start = tail.length < tailLength ? 0 : tail.search(/\s/) + 1;
  return tail.slice(start).trim();
}

/** Tells whether it is known how `more` continues `said`: it has gone on beyond what it may repeat. */
export const isJoinable = (said: string, more: string): boolean =>
  more.length > (repeatsAll(said, more) ? said.length : 2 * tailLength);

/** Gives what `more` adds to `said`: models repeat its last words, as they are asked to, or begin again. */
export function toAddition(said: string, more: string): string {
  if (repeatsAll(said, more)) return more.slice(said.length);
  const end = said.trimEnd();
  const body = more.trimStart();
  for (let length = Math.min(body.length, end.length); length >= leastLength; length -= 1) {
    // The white space after them has been said too.
    if (end.endsWith(body.slice(0, length))) return trimStart(body.slice(length), said.length - end.length);
  }
  return more;
}

const trimStart = (text: string, spaces: number): string =>
  text.slice(Math.min(spaces, text.length - text.trimStart().length));

function repeatsAll(said: string, more: string): boolean {
  const length = Math.min(said.length, more.length);
  return length > tailLength / 2 && said.slice(0, length) === more.slice(0, length);
}
