const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' });

/** Splits text of any script into lower-case words, without punctuation. Elided forms come apart (`l'eau`, `don't`). */
export function toWords(text: string): string[] {
  return toRawWords(text).map((word) => word.toLowerCase());
}

/** Like `toWords`, in the case that was written, which tells where an identifier's parts begin. */
export function toRawWords(text: string): string[] {
  const words: string[] = [];
  for (const { segment, isWordLike } of segmenter.segment(text.normalize('NFKC'))) {
    if (!isWordLike) continue;
    for (const part of segment.split(/['’]/)) if (part !== '') words.push(part);
  }
  return words;
}
