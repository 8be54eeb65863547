import type { Language } from './languages/language.js';
import { toTerm } from './to-terms.js';

const stems = new WeakMap<Language, ReadonlySet<string>>();

/** Tells a word of nearly every question, in any of its forms ("use", "using"). */
export function isWeakWord(word: string, language: Language | undefined): boolean {
  if (language === undefined) return false;
  let known = stems.get(language);
  if (known === undefined) {
    known = new Set([...language.weakWords].map((weak) => toTerm(weak, language)));
    stems.set(language, known);
  }
  return known.has(toTerm(word, language));
}
