import type { SiteContent, SiteDocument } from '../content/site-content.js';

/** Finds the page that a site begins with: its index, or its readme. */
export function findStartPage({ documents }: SiteContent): SiteDocument | undefined {
  const named = (name: RegExp): SiteDocument | undefined => documents.find(({ path }) => name.test(path));
  return named(/^index\.\w+$/i) ?? named(/^readme\.\w+$/i);
}

/** Names a site whose owner did not: by the title of its first page. */
export function toSiteName(content: SiteContent): string {
  return findStartPage(content)?.title ?? 'This site';
}
