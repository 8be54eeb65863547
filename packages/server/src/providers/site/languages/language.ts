import type { Fact } from '../find-facts.js';

/** The sentences that the provider says itself; everything else is quoted. */
export interface Sentences {
  greeting: string;
  thanks: string;
  farewell: string;
  abilities: string;
  unknown: string;
  closest: string;
  topics: string;
  nothingMore: string;
}

/** What the provider knows of one language. Another language is one more file of this shape. */
export interface Language {
  /** BCP 47. */
  code: string;
  stem: (word: string) => string;
  /** What a verb may be called on a page, where the stem of the form that is asked in is another one. */
  toInfinitives?: (word: string) => readonly string[];
  /** Nouns are written in one word: "Versandkosten". */
  joinsNouns?: boolean;
  /** Words that say nothing about the topic of a question. */
  stopWords: ReadonlySet<string>;
  /** Words of nearly every question; found or not, they say little about the topic. */
  weakWords: ReadonlySet<string>;
  /** Words that point back to an earlier turn. */
  backReferences: ReadonlySet<string>;
  /** Openings of a question that goes on from the one before, as a pattern at its start. */
  continuation: RegExp;
  /** The whole of a question that asks for more of the same. */
  more: RegExp;
  /** A greeting, thanks and the like at the start of a message; what follows it is the question. */
  smallTalk: { greeting: RegExp; thanks: RegExp; farewell: RegExp; abilities: RegExp };
  /** Groups of words or phrases that visitors and sites use for the same thing, on any kind of site. */
  synonyms: readonly (readonly string[])[];
  /** Those of them that mean it as a heading, and in passing something else: "hours", and "within 24 hours". */
  onlyHeadings: ReadonlySet<string>;
  /** What facts are called that a page has without their names. */
  facts: Readonly<Record<Fact, string>>;
  sentences: Sentences;
}

/** Splits a list of words written with blanks. */
export function toWordSet(words: string): ReadonlySet<string> {
  return new Set(words.trim().split(/\s+/));
}
