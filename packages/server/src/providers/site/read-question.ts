import { isWeakWord } from './is-weak-word.js';
import type { Language } from './languages/language.js';
import { isTerm, toParts, toTerm } from './to-terms.js';
import { toRawWords } from './to-words.js';
import type { Variants, Vocabulary } from './vocabulary.js';

/** A word of a question that says something about its topic. */
export interface QuestionTerm {
  /** As it was asked. */
  word: string;
  /** The terms of the content that it may stand for; none when the content does not have it. */
  variants: Variants;
  /** What finding it or missing it says: its rarity in the content, highest for a word that the content lacks. */
  weight: number;
  /** A word of nearly every question, as "use" or "find". */
  isWeak: boolean;
}

export interface QuestionContext {
  /** The language of the question; decides its function words and synonyms. */
  language: Language | undefined;
  /** The languages of the content; decide how a word is stemmed to be found. */
  contentLanguages: readonly (Language | undefined)[];
  vocabulary: Vocabulary;
}

const synonymWeight = 0.8;
const weakFactor = 0.15;

/** Finds the terms of a question and what they may mean in the content. */
export function readQuestion(question: string, context: QuestionContext): QuestionTerm[] {
  const { language } = context;
  const terms: QuestionTerm[] = [];
  const seen = new Set<string>();
  const add = (word: string, variants: Variants): void => {
    const term = toTerm(word, language);
    if (seen.has(term)) return;
    seen.add(term);
    const isWeak = isWeakWord(word, language);
    terms.push({ word, variants, weight: weigh(variants, context.vocabulary) * (isWeak ? weakFactor : 1), isWeak });
  };
  let rest = question.normalize('NFKC');
  for (const group of language?.synonyms ?? []) {
    for (const phrase of group.filter((member) => /[\s-]/.test(member))) {
      const remaining = takePhrase(rest, phrase);
      if (remaining === undefined) continue;
      rest = remaining;
      add(phrase, toVariants(group, 1, context));
      // "How much does it cost" asks one thing, not two.
      for (const member of group) seen.add(toTerm(member, language));
    }
  }
  for (const word of toRawWords(rest)) {
    for (const part of toKnownParts(word, context)) {
      if (isTerm(part) && !language?.stopWords.has(part)) add(part, expandWord(part, context));
    }
  }
  return terms;
}

/** An identifier that the content has stands for itself; another for its parts. */
function toKnownParts(word: string, { vocabulary, contentLanguages }: QuestionContext): string[] {
  const parts = toParts(word);
  const whole = parts.join('');
  const isKnown = contentLanguages.some((language) => vocabulary.count(toTerm(whole, language)) > 0);
  return isKnown ? [whole] : parts;
}

function expandWord(word: string, context: QuestionContext): Variants {
  const { language, vocabulary, contentLanguages } = context;
  const exact = toVariants([word], 1, context);
  const variants: Variants = new Map();
  for (const group of language?.synonyms ?? []) {
    if (group.some((member) => isSameWord(member, word, language)))
      merge(variants, toVariants(group, synonymWeight, context));
  }
  merge(variants, exact);
  for (const contentLanguage of contentLanguages)
    merge(variants, vocabulary.findPrefixed(toTerm(word, contentLanguage)));
  if (variants.size > 0) return variants;
  for (const contentLanguage of contentLanguages)
    merge(variants, vocabulary.findMisspelt(toTerm(word, contentLanguage)));
  return variants;
}

function isSameWord(member: string, word: string, language: Language | undefined): boolean {
  return member === word || toTerm(member, language) === toTerm(word, language);
}

function toVariants(words: readonly string[], weight: number, context: QuestionContext): Variants {
  const variants: Variants = new Map();
  for (const word of words) {
    if (/\s/.test(word)) continue;
    for (const language of context.contentLanguages) {
      const term = toTerm(word.replaceAll('-', ''), language);
      if (context.vocabulary.count(term) > 0) variants.set(term, weight);
    }
  }
  return variants;
}

function merge(into: Variants, from: Variants): void {
  for (const [term, weight] of from) into.set(term, Math.max(weight, into.get(term) ?? 0));
}

/** The commonest of the likely meanings decides: a rare synonym does not make a common word telling. */
function weigh(variants: Variants, vocabulary: Vocabulary): number {
  const likely = [...variants].filter(([, weight]) => weight >= synonymWeight);
  const considered = likely.length > 0 ? likely : [...variants];
  if (considered.length === 0) return vocabulary.rarity('');
  return Math.min(...considered.map(([term]) => vocabulary.rarity(term)));
}

const patterns = new Map<string, RegExp>();

function takePhrase(text: string, phrase: string): string | undefined {
  let pattern = patterns.get(phrase);
  if (pattern === undefined) {
    pattern = new RegExp(`(?<![\\p{L}\\p{N}])${phrase.replaceAll(' ', '\\s+')}(?![\\p{L}\\p{N}])`, 'iu');
    patterns.set(phrase, pattern);
  }
  return pattern.test(text) ? text.replace(pattern, ' ') : undefined;
}
