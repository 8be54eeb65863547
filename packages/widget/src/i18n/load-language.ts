import { english } from './english.js';
import type { NovaStrings } from './nova-strings.js';

const languages: Readonly<Record<string, () => Promise<{ words: NovaStrings }>>> = {};

/** Gives the words of the best language for a BCP 47 tag, and the tag they go with; English if there is none. */
export async function loadLanguage(tag: string): Promise<[tag: string, words: NovaStrings]> {
  const load = languages[tag.toLowerCase().split('-')[0] ?? ''];
  return load ? [tag, (await load()).words] : ['en', english];
}
