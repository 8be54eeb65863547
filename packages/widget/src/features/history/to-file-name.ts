/** Gives the name of a file for a title in any language. */
export function toFileName(title: string, extension: string): string {
  const name = title
    .normalize('NFC')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
  return `${[...name].slice(0, 60).join('') || 'conversation'}.${extension}`;
}
