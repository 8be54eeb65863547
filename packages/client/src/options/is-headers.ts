/** What headers may be, for a message. */
export const plainHeaders: string = 'a plain object of texts without line breaks';

/** Tells an object that can be sent as headers. */
export function isHeaders(value: unknown): value is Record<string, string> {
  return (
    typeof value === 'object' &&
    value !== null &&
    // `Headers`, a `Map` and pairs have no entries of their own, and would be sent as nothing.
    !(Symbol.iterator in value) &&
    Object.entries(value).every(
      ([name, text]) =>
        /^[\w!#$%&'*+.^`|~-]+$/.test(name) &&
        // Visible Latin-1: what `fetch` and HTTP allow. A key pasted with a line break is the usual mistake.
        typeof text === 'string' &&
        /^[\t\x20-\x7e\x80-\xff]*$/.test(text),
    )
  );
}
