import type { Language } from './languages/language.js';
import { toRawWords } from './to-words.js';

/**
 * Gives the index terms of a text: stemmed in its language, without accents and function words. An identifier counts
 * as itself and as its parts, so that `OPENAI_API_KEY` is found by "api key".
 */
export function toTerms(text: string, language: Language | undefined): string[] {
  const terms: string[] = [];
  for (const word of toRawWords(text)) {
    const parts = toParts(word);
    for (const part of parts.length > 1 ? [parts.join(''), ...parts] : parts) {
      if (isTerm(part) && !language?.stopWords.has(part)) terms.push(toTerm(part, language));
    }
  }
  return terms;
}

const cached = new Map<string, Map<string, string>>();
const maxCached = 50_000;

/** Reduces one lower-case word to what it is indexed as. */
export function toTerm(word: string, language: Language | undefined): string {
  if (language === undefined) return fold(word);
  const known = cached.get(language.code) ?? new Map<string, string>();
  cached.set(language.code, known);
  let term = known.get(word);
  if (term === undefined) {
    term = fold(language.stem(word));
    // Stemming is most of the cost of indexing, and most words come often.
    if (known.size < maxCached) known.set(word, term);
  }
  return term;
}

/**
 * Splits an identifier where its writing shows parts, in lower case. An ordinary word is its only part, and so is one
 * with capitals from the start: that is a name more often (`OpenAI`, `GitHub`), whose parts mean something else.
 */
export function toParts(word: string): string[] {
  const spaced = /^\p{Ll}/u.test(word) ? word.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2') : word;
  return spaced
    .replace(/^(\d+)(\p{L}{2,})$/u, '$1 $2')
    .toLowerCase()
    .split(/[\s_.:/-]+/)
    .filter((part) => part !== '');
}

/**
 * A single Latin letter is the rest of an elision or an enumeration; a digit or an ideograph may be the topic. Words in
 * hiragana alone are mostly the function words of Japanese.
 */
export function isTerm(word: string): boolean {
  return !/^(?:\p{Script=Latin}|\p{Script=Hiragana}+)$/u.test(word);
}

function fold(word: string): string {
  return word
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replaceAll('ß', 'ss');
}
