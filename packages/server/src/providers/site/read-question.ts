import { hyphenated, joinHyphenated } from './hyphenated-words.js';
import { isWeakWord } from './is-weak-word.js';
import type { Language } from './languages/language.js';
import { splitCompound } from './split-compound.js';
import { isTerm, toParts, toTerm, toTerms } from './to-terms.js';
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
  /** What the content writes with a hyphen, by the term that it would be without. */
  withHyphen: ReadonlyMap<string, string>;
  /** The terms of the site's name; all of the site is about them, so they tell little of what is asked. */
  ofName: ReadonlySet<string>;
  /** The content is in other languages: a word that the question's own knows is not looked for there. */
  isForeign: boolean;
  /** The terms of headings and titles. */
  inHeadings: ReadonlySet<string>;
}

const synonymWeight = 0.8;
const weakFactor = 0.15;
const nameFactor = 0.5;
const onlySimilar = 0.75;
const wholeOfCompound = 0.5;
const maxWords = 64;

type SynonymGroup = Language['synonyms'][number];

/** Finds the terms of a question and what they may mean in the content. Words for the same thing make one term. */
export function readQuestion(question: string, context: QuestionContext): QuestionTerm[] {
  const { language } = context;
  const terms = new Map<string, QuestionTerm>();
  const ofGroup = new Map<SynonymGroup, QuestionTerm>();
  const add = (word: string, found: Variants, groups: readonly SynonymGroup[]): void => {
    const variants: Variants = context.isForeign && groups.length > 0 ? new Map() : found;
    const isWeak = isWeakWord(word, language);
    const same = terms.get(toTerm(word, language)) ?? groups.map((group) => ofGroup.get(group)).find(Boolean);
    const term = same ?? { word, variants: new Map(), weight: 0, isWeak };
    // "How much does it cost" asks one thing, not two.
    merge(term.variants, variants);
    term.isWeak &&= isWeak;
    term.weight =
      weigh(term.variants, context.vocabulary) * (term.isWeak ? weakFactor : isOfName(word, context) ? nameFactor : 1);
    terms.set(toTerm(word, language), term);
    for (const group of groups) ofGroup.set(group, term);
  };
  let rest = question.normalize('NFKC');
  for (const group of language?.synonyms ?? []) {
    for (const phrase of group.filter((member) => /[\s-]/.test(member))) {
      const remaining = takePhrase(rest, phrase);
      if (remaining === undefined) continue;
      rest = remaining;
      add(phrase, toSynonyms(group, 1, context), [group]);
    }
  }
  for (const word of toRawWords(joinKnown(rest, context)).slice(0, maxWords)) {
    for (const part of toKnownParts(word, context)) {
      if (!isTerm(part) || language?.stopWords.has(part)) continue;
      const halves = splitUnknown(part, context);
      for (const word of halves ?? [part]) {
        const groups = findGroups(word, language);
        add(word, expandWord(word, groups, context), groups);
      }
      if (halves) terms.set(part, toMissing(part, context));
    }
  }
  return [...new Set(terms.values())];
}

/** "Wi-Fi" is "wifi" where the content has that, and not both halves. */
function joinKnown(text: string, { vocabulary, contentLanguages }: QuestionContext): string {
  const isKnown = (word: string): boolean =>
    contentLanguages.some((language) => vocabulary.count(toTerm(word, language)) > 0);
  return text.replace(hyphenated, (word) => {
    const joined = joinHyphenated(word);
    return isKnown(joined) && !word.toLowerCase().split('-').filter(isTerm).every(isKnown) ? joined : word;
  });
}

function isOfName(word: string, { ofName, contentLanguages }: QuestionContext): boolean {
  return contentLanguages.some((language) => ofName.has(toTerm(word, language)));
}

function findGroups(word: string, language: Language | undefined): SynonymGroup[] {
  const term = toTerm(word, language);
  return (language?.synonyms ?? []).filter((group) => group.some((member) => toTerm(member, language) === term));
}

/** An identifier that the content has stands for itself; another for its parts, and so does "wifi" for "Wi-Fi". */
function toKnownParts(word: string, { vocabulary, contentLanguages, withHyphen }: QuestionContext): string[] {
  const parts = toParts(word);
  const whole = parts.join('');
  const terms = contentLanguages.map((language) => toTerm(whole, language));
  if (terms.some((term) => vocabulary.count(term) > 0)) return [whole];
  const written = terms.map((term) => withHyphen.get(term)).find(Boolean);
  return written ? toParts(written.toLowerCase()) : parts;
}

/** "Versandkosten" are the costs of shipping, where the content does not name them so. */
function splitUnknown(word: string, context: QuestionContext): readonly string[] | undefined {
  const { language } = context;
  if (!language?.joinsNouns || findKnown(word, findGroups(word, language), context).size > 0) return undefined;
  const isWritten = (part: string): boolean =>
    !language.stopWords.has(part) &&
    [...findKnown(part, findGroups(part, language), context).values()].some((likeness) => likeness >= synonymWeight);
  return splitCompound(word, {
    first: isWritten,
    last: (part) => findKnown(part, findGroups(part, language), context).size > 0,
  });
}

/** The word itself stays asked for: a page on dogs, and no more, does not answer for a dog's insurance. */
function toMissing(word: string, { vocabulary }: QuestionContext): QuestionTerm {
  return { word, variants: new Map(), weight: vocabulary.rarity('') * wholeOfCompound, isWeak: false };
}

/** What a word and its synonyms stand for, misspellings left out. */
function findKnown(word: string, groups: readonly SynonymGroup[], context: QuestionContext): Variants {
  const variants: Variants = new Map();
  for (const group of groups) merge(variants, toSynonyms(group, synonymWeight, context));
  if (variants.size > 0 && !isMeant(word, context)) return variants;
  merge(variants, toVariants([word, ...toInfinitives(word, context)], 1, context));
  for (const language of context.contentLanguages) {
    const term = toTerm(word, language);
    merge(variants, context.vocabulary.findPrefixed(term));
    if (language?.joinsNouns) merge(variants, context.vocabulary.findSuffixed(term));
  }
  return variants;
}

/** Where the content does not have the form that is asked in. */
function toInfinitives(word: string, { language, contentLanguages, vocabulary }: QuestionContext): readonly string[] {
  const isKnown = contentLanguages.some((one) => vocabulary.count(toTerm(word, one)) > 0);
  return isKnown ? [] : (language?.toInfinitives?.(word) ?? []);
}

function expandWord(word: string, groups: readonly SynonymGroup[], context: QuestionContext): Variants {
  const { vocabulary, contentLanguages } = context;
  const variants = findKnown(word, groups, context);
  // A word that visitors are known to use is spelt as it is meant: "contact" is no slip for "contract".
  if (variants.size > 0 || groups.length > 0) return variants;
  for (const language of contentLanguages) merge(variants, vocabulary.findMisspelt(toTerm(word, language)));
  return variants;
}

function toSynonyms(group: SynonymGroup, weight: number, context: QuestionContext): Variants {
  return toVariants(
    group.filter((word) => isMeant(word, context)),
    weight,
    context,
  );
}

function isMeant(word: string, { language, contentLanguages, inHeadings }: QuestionContext): boolean {
  return !language?.onlyHeadings.has(word) || contentLanguages.some((one) => inHeadings.has(toTerm(word, one)));
}

function toVariants(words: readonly string[], weight: number, context: QuestionContext): Variants {
  const variants: Variants = new Map();
  for (const word of words) {
    if (/\s/.test(word)) continue;
    for (const language of context.contentLanguages) {
      for (const term of toSpellings(word, language))
        if (context.vocabulary.count(term) > 0) variants.set(term, weight);
    }
  }
  return variants;
}

/** "Rendez-vous" is one word, or the only part of it that says something. */
function toSpellings(word: string, language: Language | undefined): string[] {
  const parts = word.includes('-') ? toTerms(word, language) : [];
  return [toTerm(word.replaceAll('-', ''), language), ...(parts.length === 1 ? parts : [])];
}

function merge(into: Variants, from: Variants): void {
  for (const [term, weight] of from) into.set(term, Math.max(weight, into.get(term) ?? 0));
}

/**
 * The commonest of the likely meanings decides: a rare synonym does not make a common word telling. A word that only
 * other words stand for stays telling, as it may mean something else here.
 */
function weigh(variants: Variants, vocabulary: Vocabulary): number {
  const missing = vocabulary.rarity('');
  const likely = [...variants].filter(([, likeness]) => likeness >= synonymWeight);
  const considered = likely.length > 0 ? likely : [...variants];
  if (considered.length === 0) return missing;
  const rarity = Math.min(...considered.map(([term]) => vocabulary.rarity(term)));
  return considered.some(([, likeness]) => likeness === 1) ? rarity : Math.max(rarity, missing * onlySimilar);
}

const patterns = new Map<string, RegExp>();

function takePhrase(text: string, phrase: string): string | undefined {
  let pattern = patterns.get(phrase);
  if (pattern === undefined) {
    pattern = new RegExp(`(?<![\\p{L}\\p{N}])${phrase.replaceAll(/[ -]/g, '[\\s-]+')}s?(?![\\p{L}\\p{N}])`, 'iu');
    patterns.set(phrase, pattern);
  }
  return pattern.test(text) ? text.replace(pattern, ' ') : undefined;
}
