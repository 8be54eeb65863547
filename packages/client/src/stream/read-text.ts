/**
 * Reads a whole body as text. Gives undefined once it is longer than `maxBytes`; the connection is let go of then.
 * Calls `onBytes` whenever some come. Throws what the body throws.
 */
export async function readText(
  body: AsyncIterable<Uint8Array>,
  maxBytes: number,
  onBytes?: () => void,
): Promise<string | undefined> {
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  for await (const bytes of body) {
    onBytes?.();
    size += bytes.length;
    if (size > maxBytes) return undefined;
    text += decoder.decode(bytes, { stream: true });
  }
  return text + decoder.decode();
}
