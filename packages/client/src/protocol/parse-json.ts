/** Parses JSON; gives undefined for a text that is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // What the text was meant to be is for the caller to say.
    return undefined;
  }
}
