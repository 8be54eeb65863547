/** A piece of a source and what takes its place. */
export interface Replacement {
  start: number;
  end: number;
  text: string;
}

/** Of a piece inside another one, the outer one counts. */
export function replaceRanges(source: string, replacements: readonly Replacement[]): string {
  let result = '';
  let position = 0;
  for (const { start, end, text } of [...replacements].sort((a, b) => a.start - b.start || b.end - a.end)) {
    if (start < position) continue;
    result += source.slice(position, start) + text;
    position = end;
  }
  return result + source.slice(position);
}
