import { english } from './english.js';
import { englishFeatureStrings, type NovaWords } from './feature-strings.js';

const languages: Readonly<Record<string, () => Promise<{ words: NovaWords }>>> = {};

/** Gives the words of the best language for a BCP 47 tag, and the tag they go with; English if there is none. */
export async function loadLanguage(tag: string): Promise<[tag: string, words: NovaWords]> {
  const load = languages[tag.toLowerCase().split('-')[0] ?? ''];
  return load ? [tag, (await load()).words] : ['en', { ...english, ...englishFeatureStrings }];
}
