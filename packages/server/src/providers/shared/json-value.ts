/** What stands in a provider's JSON is read by these, which take nothing for granted and never throw. */

/** Tells a JSON object from everything else that JSON can be. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Gives an object as it is, and an empty one for anything else. */
export function toRecord(value: unknown): Record<string, unknown> {
  return isRecord(value) ? value : {};
}

/** Gives the objects of a list, and an empty list for anything else. */
export function toRecords(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

/** Gives a text as it is, and an empty one for anything else. */
export function toText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Gives a number as it is, and 0 for anything else. */
export function toCount(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}

/** Parses JSON; gives undefined for what is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own error quotes the text, which may hold what the model said.
    return undefined;
  }
}
