import type { CountedWord, NovaFeatureStrings } from './feature-strings.js';
import type { NovaStrings } from './nova-strings.js';

/** The languages that the chat speaks beside English, each with the plural categories of its `Intl.PluralRules`. */
export interface PluralCategories {
  ar: 'zero' | 'one' | 'two' | 'few' | 'many' | 'other';
  de: 'one' | 'other';
  es: 'one' | 'many' | 'other';
  fr: 'one' | 'many' | 'other';
  he: 'one' | 'two' | 'other';
  hi: 'one' | 'other';
  it: 'one' | 'many' | 'other';
  ja: 'other';
  ko: 'other';
  nl: 'one' | 'other';
  pl: 'one' | 'few' | 'many' | 'other';
  pt: 'one' | 'many' | 'other';
  tr: 'one' | 'other';
  zh: 'other';
}

export type LanguageTag = keyof PluralCategories;

/** Every word of the chat in a language, and those with a number in every plural form that it has. */
export type LanguageWords<Tag extends LanguageTag> = NovaStrings &
  Omit<NovaFeatureStrings, `${CountedWord}_${Intl.LDMLPluralRule}`> &
  Readonly<Record<`${CountedWord}_${PluralCategories[Tag]}`, string>>;
