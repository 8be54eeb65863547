import type { SiteDocument } from '../../content/site-content.js';
import type { Section } from '../../content/split-sections.js';
import { measureCoverage } from './measure-coverage.js';
import type { QuestionTerm } from './read-question.js';
import type { Variants } from './vocabulary.js';

/** A section that may answer a question. */
export interface Hit {
  section: Section;
  /** Orders the hits of one question; says nothing across questions. */
  rank: number;
  /** For each term of the question how surely the section has it, 0 to 1; some, when only the rest of the page has. */
  shares: readonly number[];
  /** The same for its heading and the title of its page. */
  named: readonly number[];
}

/** A section that has a term, as the index scores it. */
export interface TermResult {
  section: Section;
  score: number;
  /** The fields that have each variant of the term. */
  fields: Readonly<Record<string, readonly string[]>>;
}

/** Finds the sections that have one of the variants, best first. */
export type SearchTerm = (variants: Variants, isWanted: (section: Section) => boolean) => TermResult[];

const maxHits = 100;
/** Sections looked at for a term; a common word stands in thousands, and those are told apart by the rarer ones. */
const maxCandidates = 300;
/** Where else on the page a word stands still tells that the page is about it. */
const elsewhereOnPage = 0.4;
/** A word in passing is less than the topic: a heading has more, an example less. */
const inText = 0.9;
const inCode = 0.75;
/** Flattens the scores of a term, so that having all terms counts for more than having one of them often. */
const scorePower = 0.7;

interface Match {
  anywhere: number;
  heading: number;
  /** Against the best section for the term. */
  score: number;
}

type MatchTable<Key> = Map<Key, (Match | undefined)[]>;

/**
 * Orders the sections for a question. Each term is searched by itself, so that a word with many variants counts no
 * more than its weight: a long table of errors would else win every question on a failure.
 */
export function rankSections(terms: readonly QuestionTerm[], search: SearchTerm): Hit[] {
  const matches = findMatches(terms, search);
  const onPage = new Map<SiteDocument, number[]>();
  for (const [{ document }, ofSection] of matches) {
    const ofPage = onPage.get(document) ?? [];
    onPage.set(document, ofPage);
    for (const at of terms.keys()) ofPage[at] = Math.max(ofPage[at] ?? 0, ofSection[at]?.anywhere ?? 0);
  }
  const toHit = ([section, ofSection]: [Section, (Match | undefined)[]]): Hit => {
    const page = onPage.get(section.document) ?? [];
    const shares = terms.map((_, at) => Math.max(ofSection[at]?.anywhere ?? 0, (page[at] ?? 0) * elsewhereOnPage));
    const named = terms.map((_, at) => ofSection[at]?.heading ?? 0);
    const score = terms.reduce((sum, { weight }, at) => sum + weight * (ofSection[at]?.score ?? 0), 0);
    const fit = (0.2 + measureCoverage(terms, shares)) * (1 + measureCoverage(terms, named));
    return { section, shares, named, rank: score * fit };
  };
  return [...matches]
    .map(toHit)
    .sort((a, b) => b.rank - a.rank)
    .slice(0, maxHits);
}

function findMatches(terms: readonly QuestionTerm[], search: SearchTerm): MatchTable<Section> {
  const matches: MatchTable<Section> = new Map();
  const pages = new Set<SiteDocument>();
  const rarestFirst = [...terms.entries()].sort(([, a], [, b]) => b.weight - a.weight);
  for (const [at, term] of rarestFirst) {
    if (term.variants.size === 0) continue;
    const isFull = matches.size >= maxCandidates;
    const results = search(term.variants, ({ document }) => !isFull || pages.has(document));
    const best = results[0]?.score ?? 1;
    for (const result of isFull ? results : results.slice(0, maxCandidates)) {
      const ofSection = matches.get(result.section) ?? [];
      ofSection[at] = toMatch(term.variants, result, best);
      matches.set(result.section, ofSection);
      pages.add(result.section.document);
    }
  }
  return matches;
}

function toMatch(variants: Variants, { fields, score }: TermResult, best: number): Match {
  let anywhere = 0;
  let heading = 0;
  for (const [term, likeness] of variants) {
    const where = fields[term];
    if (where === undefined) continue;
    anywhere = Math.max(anywhere, likeness * weighFields(where));
    if (where.includes('heading') || where.includes('title')) heading = Math.max(heading, likeness);
  }
  return { anywhere, heading, score: (score / best) ** scorePower };
}

function weighFields(where: readonly string[]): number {
  if (where.includes('heading') || where.includes('title') || where.includes('trail')) return 1;
  return where.includes('text') ? inText : inCode;
}
