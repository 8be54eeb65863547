import MiniSearch, { type SearchResult } from 'minisearch';
import { detectLanguage } from './detect-language.js';
import type { Language } from './languages/language.js';
import { languages } from './languages/languages.js';
import { measureCoverage } from './measure-coverage.js';
import { type QuestionTerm, readQuestion } from './read-question.js';
import type { Section } from './split-sections.js';
import { toTerms } from './to-terms.js';
import { createVocabulary } from './vocabulary.js';

/** A section that may answer a question. */
export interface Hit {
  section: Section;
  /** Orders the hits of one question; says nothing across questions. */
  rank: number;
  /** For each term of the question how surely the section has it, 0 to 1; some, when only the rest of the page has. */
  shares: readonly number[];
}

export interface SearchIndex {
  /** The language of most pages. */
  readonly language: Language | undefined;
  readQuestion(question: string, language: Language | undefined): QuestionTerm[];
  /** Gives the best hits, best first. */
  search(terms: readonly QuestionTerm[]): Hit[];
  /** Tells the terms of a text of the content, for finding a question's words in it. */
  toTerms(text: string, section: Section): string[];
}

const boost = { heading: 3, title: 2, trail: 1.5, text: 1, code: 0.5 };
type Field = keyof typeof boost;
const fields = Object.keys(boost) as Field[];
const maxHits = 100;

/** Indexes the sections of a site, each in the language of its page. */
export function createSearchIndex(sections: readonly Section[]): SearchIndex {
  const byPage = detectPages(sections);
  const pageLanguages = [...byPage.values()];
  const contentLanguages = [...new Set(pageLanguages)];
  const records = sections.map((section, id) => toRecord(section, id, byPage.get(section.document.path)));
  const index = new MiniSearch<(typeof records)[number]>({
    fields,
    tokenize: (text) => text.split(' '),
    processTerm: (term) => term,
  });
  index.addAll(records);
  const vocabulary = createVocabulary(
    (function* () {
      for (const record of records) yield new Set(fields.flatMap((field) => record[field].split(' ')));
    })(),
  );
  return {
    language: findCommonest(pageLanguages),
    readQuestion: (question, language) => readQuestion(question, { language, contentLanguages, vocabulary }),
    search: (terms) => {
      const weights = toWeights(terms);
      if (weights.size === 0) return [];
      const results = index.search([...weights.keys()].join(' '), {
        boost,
        boostTerm: (term) => weights.get(term) ?? 1,
      });
      return toHits(results.slice(0, maxHits), terms, sections);
    },
    toTerms: (text, section) => toTerms(text, byPage.get(section.document.path)),
  };
}

function detectPages(sections: readonly Section[]): Map<string, Language | undefined> {
  const byPage = new Map<string, Language | undefined>();
  for (const [document, ofPage] of Map.groupBy(sections, (section) => section.document)) {
    const declared = document.language?.toLowerCase().split('-')[0];
    const text = ofPage.flatMap(({ blocks }) =>
      blocks.filter(({ kind }) => kind !== 'code').map((block) => block.text),
    );
    byPage.set(
      document.path,
      declared === undefined ? detectLanguage(text.join('\n')) : languages.find(({ code }) => code === declared),
    );
  }
  return byPage;
}

function toRecord(
  section: Section,
  id: number,
  language: Language | undefined,
): Record<Field, string> & { id: number } {
  const { document, blocks, heading, trail } = section;
  const toField = (...texts: string[]): string => toTerms(texts.join('\n'), language).join(' ');
  const ofKind = (isCode: boolean): string[] =>
    blocks.filter(({ kind }) => (kind === 'code') === isCode).map(({ text }) => text);
  const isTop = heading === document.title;
  return {
    id,
    heading: isTop ? '' : toField(heading),
    title: toField(document.title),
    trail: toField(...trail, ...(isTop ? [document.description ?? ''] : []), document.path.replace(/\.\w+$/, '')),
    text: toField(...ofKind(false)),
    code: toField(...ofKind(true)),
  };
}

function findCommonest(all: readonly (Language | undefined)[]): Language | undefined {
  const [commonest] = [...Map.groupBy(all, (language) => language)].sort(([, a], [, b]) => b.length - a.length);
  return commonest?.[0];
}

function toWeights(terms: readonly QuestionTerm[]): Map<string, number> {
  const most = Math.max(...terms.map(({ weight }) => weight));
  const weights = new Map<string, number>();
  for (const { variants, weight } of terms) {
    // MiniSearch weighs by rarity itself; only what lies below a term's rarity, a word of little meaning, lowers it here.
    const factor = weight < most * 0.2 ? 0.3 : 1;
    for (const [term, likeness] of variants) weights.set(term, Math.max(likeness * factor, weights.get(term) ?? 0));
  }
  return weights;
}

/** Where else on the page a word stands still tells that the page is about it. */
const elsewhereOnPage = 0.4;
const inCode = 0.8;

function toHits(results: readonly SearchResult[], terms: readonly QuestionTerm[], sections: readonly Section[]): Hit[] {
  const found = results.flatMap((result) => {
    const section = sections[Number(result.id)];
    return section ? [{ score: result.score, section, found: terms.map((term) => findTerm(term, result)) }] : [];
  });
  const onPage = new Map(
    [...Map.groupBy(found, ({ section }) => section.document)].map(([document, hits]) => [
      document,
      terms.map((_, at) => Math.max(...hits.map((hit) => hit.found[at]?.anywhere ?? 0))),
    ]),
  );
  return found
    .map(({ score, section, found }) => {
      const page = onPage.get(section.document) ?? [];
      const shares = found.map(({ anywhere }, at) => Math.max(anywhere, (page[at] ?? 0) * elsewhereOnPage));
      const named = measureCoverage(
        terms,
        found.map(({ heading }) => heading),
      );
      return { section, shares, rank: score * (0.2 + measureCoverage(terms, shares)) ** 2 * (1 + 0.5 * named) };
    })
    .sort((a, b) => b.rank - a.rank);
}

function findTerm({ variants }: QuestionTerm, { match }: SearchResult): { anywhere: number; heading: number } {
  let anywhere = 0;
  let heading = 0;
  for (const [term, likeness] of variants) {
    const where = match[term];
    if (where === undefined) continue;
    anywhere = Math.max(anywhere, likeness * (where.every((field) => field === 'code') ? inCode : 1));
    if (where.includes('heading') || where.includes('title')) heading = Math.max(heading, likeness);
  }
  return { anywhere, heading };
}
