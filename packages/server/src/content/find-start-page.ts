import type { SiteContent, SiteDocument } from './site-content.js';

/** Finds the page that a site begins with: its index, or its readme. Its title is the name of the site. */
export function findStartPage({ documents }: SiteContent): SiteDocument | undefined {
  const named = (name: RegExp): SiteDocument | undefined => documents.find(({ path }) => name.test(path));
  return named(/^index\.\w+$/i) ?? named(/^readme\.\w+$/i);
}
