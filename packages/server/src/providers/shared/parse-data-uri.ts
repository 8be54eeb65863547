/** What stands inside a `data:` URI in base64. */
export interface InlineData {
  /** In small letters, without parameters. */
  mediaType: string;
  base64: string;
}

const head = /^data:([\w.+-]+\/[\w.+-]+)(?:;[^;,]*)*;base64,/i;

/** Reads a `data:` URI in base64; undefined when the text is not one. */
export function parseDataUri(text: string): InlineData | undefined {
  const found = head.exec(text.slice(0, 200));
  if (!found?.[1]) return undefined;
  return { mediaType: toRegistered(found[1].toLowerCase()), base64: text.slice(found[0].length) };
}

/** No registered name, and refused, but what many call it. */
function toRegistered(type: string): string {
  return type === 'image/jpg' ? 'image/jpeg' : type;
}
