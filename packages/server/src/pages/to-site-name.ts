import { findStartPage } from '../content/find-start-page.js';
import type { SiteContent } from '../content/site-content.js';

/** Names a site whose owner did not: by the title of its first page. */
export function toSiteName(content: SiteContent): string {
  return findStartPage(content)?.title ?? 'This site';
}
