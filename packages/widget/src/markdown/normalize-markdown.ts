/** Gives every line the same end, and NUL the character that CommonMark shows for it. */
export function normalizeMarkdown(text: string): string {
  return text.replace(/\r\n?/g, '\n').replaceAll('\0', '\ufffd');
}
