import type { SiteDocument } from './site-content.js';

/** Orders pages by their depth: those nearest to the root say what a site is about. */
export function toNearestFirst(documents: readonly SiteDocument[]): SiteDocument[] {
  const depth = ({ path }: SiteDocument): number => path.split('/').length;
  return documents.toSorted((a, b) => depth(a) - depth(b));
}
