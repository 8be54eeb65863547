export type ContentFormat = 'markdown' | 'html' | 'text';

/** One page of the site. */
export interface SiteDocument {
  /** Relative to the folder, with forward slashes. */
  path: string;
  /** Where a visitor reads it: `baseUrl` and the path without its extension, or what the front matter says. */
  url: string;
  title: string;
  format: ContentFormat;
  /** The file without its front matter. */
  source: string;
  /** What the page says of itself, where it does. */
  description?: string;
  /** The language that the page declares, BCP 47. */
  language?: string;
}

/** What the embedded provider answers from, in memory. */
export interface SiteContent {
  documents: readonly SiteDocument[];
}
