/** More than any request needs, and far less than what JSON can be written of: that, like every walk over it, calls itself. */
export const maxNesting = 200;

/** Tells whether lists and objects stand in each other more than so many times. */
export function nestsDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => nestsDeeper(inner, levels - 1));
}
