import type { Language } from './languages/language.js';
import { toTerm } from './to-terms.js';

/** "Wi-Fi" and "E-Bike", which others write "wifi" and "Ebike". */
export const hyphenated: RegExp = /(?<![\p{L}\p{N}-])\p{L}{1,20}(?:-\p{L}{1,20}){1,3}(?![\p{L}\p{N}-])/gu;

export function joinHyphenated(word: string): string {
  return word.normalize('NFKC').replaceAll('-', '').toLowerCase();
}

/** Finds the words of a text that have a hyphen, by the term that they would be without it. */
export function findHyphenated(text: string, language: Language | undefined): Map<string, string> {
  return new Map([...text.matchAll(hyphenated)].map(([word]) => [toTerm(joinHyphenated(word), language), word]));
}
