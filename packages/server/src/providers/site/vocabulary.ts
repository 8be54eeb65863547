import { measureDistance } from '../../measure-distance.js';

/** A term that a word may stand for, and how surely: 1 is the word itself. */
export type Variants = Map<string, number>;

const partWeight = 0.6;
const minPartLength = 5;
/** "Garten" does not end in "Arten". */
const minBefore = 3;
const maxLonger = 8;
const minMisspeltLength = 5;
/** On a site of a few sections every word looks common, and one that is missing would outweigh the whole question. */
const minSections = 50;

/** The terms of the content, with what is asked of them: how rare one is, what begins like it, what it may misspell. */
export interface Vocabulary {
  readonly sectionCount: number;
  /** In how many sections the term stands; 0 for a word that the content does not have. */
  count(term: string): number;
  /** Inverse document frequency; highest for a term that stands nowhere. */
  rarity(term: string): number;
  findPrefixed(term: string): Variants;
  /** What a language that joins its nouns puts words in front of. */
  findSuffixed(term: string): Variants;
  findMisspelt(term: string): Variants;
}

/** Takes in how many of the sections each term stands. */
export function createVocabulary(counts: ReadonlyMap<string, number>, sectionCount: number): Vocabulary {
  const sorted = [...counts.keys()].sort();
  const turned = sorted.map(turn).sort();
  const byInitial = Map.groupBy(sorted, (term) => term.charAt(0));
  return {
    sectionCount,
    count: (term) => counts.get(term) ?? 0,
    rarity: (term) => {
      const count = counts.get(term) ?? 0;
      return Math.log(1 + (Math.max(sectionCount, minSections) - count + 0.5) / (count + 0.5));
    },
    findPrefixed: (term) => toVariants(findLonger(sorted, term, 1)),
    findSuffixed: (term) => toVariants(findLonger(turned, turn(term), minBefore).map(turn)),
    findMisspelt: (term) => {
      const variants: Variants = new Map();
      // The first letter is rarely the wrong one, and holding on to it keeps different words apart.
      for (const found of byInitial.get(term.charAt(0)) ?? []) {
        const weight = weighMisspelling(term, found);
        if (weight > 0) variants.set(found, weight);
      }
      return variants;
    },
  };
}

function toVariants(found: readonly string[]): Variants {
  return new Map(found.map((term) => [term, partWeight]));
}

function turn(term: string): string {
  return [...term].reverse().join('');
}

/** Of sorted terms those that begin with one and go on. */
function findLonger(sorted: readonly string[], term: string, minMore: number): string[] {
  const longer: string[] = [];
  if (term.length < minPartLength) return longer;
  for (let at = findFirst(sorted, term); at < sorted.length && longer.length < maxLonger; at += 1) {
    const found = sorted[at] ?? '';
    if (!found.startsWith(term)) break;
    if (found.length >= term.length + minMore) longer.push(found);
  }
  return longer;
}

function findFirst(sorted: readonly string[], term: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? '') < term) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Short words are other words at one wrong letter (`pasta`, `paste`), so only slips that keep the letters count there. */
function weighMisspelling(term: string, found: string): number {
  const length = Math.min(term.length, found.length);
  if (length < minMisspeltLength || Math.abs(term.length - found.length) > 2 || /\d/.test(term)) return 0;
  const distance = measureDistance(term, found);
  if (distance === 1) {
    const isSubstitution = term.length === found.length && [...term].sort().join('') !== [...found].sort().join('');
    return isSubstitution && length < 6 ? 0 : 0.8;
  }
  return distance === 2 && length >= 9 ? 0.6 : 0;
}
