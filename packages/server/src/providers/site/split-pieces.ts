const wordsInPiece = 3;
const maxChars = 24;

/** Splits text into pieces of a few words, as a model would send them; joined they are the text again. */
export function splitPieces(text: string): string[] {
  const pieces: string[] = [];
  let piece = '';
  let words = 0;
  // Scripts without blanks make words as long as a line, so those are cut too, between characters.
  for (const word of text.match(new RegExp(`\\s*[^\\s]{1,${maxChars}}\\s*`, 'gu')) ?? [text]) {
    piece += word;
    words += 1;
    if (words < wordsInPiece && piece.length < maxChars) continue;
    pieces.push(piece);
    piece = '';
    words = 0;
  }
  if (piece !== '') pieces.push(piece);
  return pieces;
}
