/** Says whether a language is written from right to left, by the subtag of its BCP 47 tag. */
export function isRightToLeft(tag: string): boolean {
  return /^(ar|fa|he|iw|ps|ur|yi)\b/i.test(tag);
}
