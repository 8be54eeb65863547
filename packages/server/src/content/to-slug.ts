/**
 * Names a heading in a URL as GitHub does: lower case, punctuation dropped, blanks to hyphens, other scripts kept.
 * A second heading of the same name on a page gets `-1`, a third `-2`: that is `createSlugger`'s part.
 */
export function toSlug(heading: string): string {
  return heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
    .replaceAll(' ', '-');
}

/** Makes the slugs of one page, in the order of its headings. */
export function createSlugger(): (heading: string) => string {
  const taken = new Set<string>();
  return (heading) => {
    const slug = toSlug(heading);
    let unique = slug;
    for (let count = 1; taken.has(unique); count += 1) unique = `${slug}-${count}`;
    taken.add(unique);
    return unique;
  };
}
