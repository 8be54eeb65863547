const minFirst = 3;
const minLast = 4;
/** Each place to split it at is a search: what no visitor types is not worth them. */
const maxWord = 60;

/** Splits a word into two that the content has, the first as long as it can be; undefined when it has no such two. */
export function splitCompound(
  word: string,
  isKnown: { first: (part: string) => boolean; last: (part: string) => boolean },
): [first: string, last: string] | undefined {
  if (word.length > maxWord) return undefined;
  for (let at = word.length - minLast; at >= minFirst; at -= 1) {
    const first = word.slice(0, at);
    const last = word.slice(at);
    if (isKnown.first(first) && isKnown.last(last)) return [first, last];
  }
  return undefined;
}
