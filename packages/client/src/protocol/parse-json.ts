/** Parses JSON; gives undefined for invalid text. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The engine's own error quotes the text, which may be private.
    return undefined;
  }
}
