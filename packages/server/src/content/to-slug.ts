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
  /** With the number that the next heading of the same name may have. */
  const taken = new Map<string, number>();
  return (heading) => {
    const slug = toSlug(heading);
    let unique = slug;
    let count = taken.get(slug) ?? 1;
    for (; taken.has(unique); count += 1) unique = `${slug}-${count}`;
    taken.set(slug, count).set(unique, taken.get(unique) ?? 1);
    return unique;
  };
}
