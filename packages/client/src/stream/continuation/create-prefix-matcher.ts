/** Reads a text character by character, and tells how much of the start of a pattern ends where it has come to. */
export interface PrefixMatcher {
  /** Takes the next UTF-16 code unit of the text; gives the length of the longest start that ends with it. */
  next(code: number): number;
  /** Gives the next shorter start that ends where one of this length does; 0 when there is none. */
  shorter(length: number): number;
}

/**
 * Creates a matcher, by the failure function of Knuth, Morris and Pratt. `indexOf` and one try after the other take seconds
 * where one letter stands 50,000 times, as a model that repeats itself writes it, and they block the server.
 */
export function createPrefixMatcher(pattern: string): PrefixMatcher {
  const shorter = new Uint32Array(pattern.length + 1);
  const extend = (known: number, code: number): number => {
    let length = known;
    while (length > 0 && pattern.charCodeAt(length) !== code) length = shorter[length] ?? 0;
    return pattern.charCodeAt(length) === code ? length + 1 : 0;
  };
  for (let at = 1; at < pattern.length; at += 1) {
    shorter[at + 1] = extend(shorter[at] ?? 0, pattern.charCodeAt(at));
  }
  let length = 0;
  return {
    next(code) {
      length = extend(length, code);
      return length;
    },
    shorter: (known) => shorter[known] ?? 0,
  };
}
