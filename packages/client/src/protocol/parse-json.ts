/** Parses JSON; gives undefined for a text that is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The engine's own error quotes the text, which may be what somebody said in confidence.
    return undefined;
  }
}
