import MiniSearch from 'minisearch';
import { findStartPage } from '../../content/find-start-page.js';
import type { SiteDocument } from '../../content/site-content.js';
import type { Section } from '../../content/split-sections.js';
import { detectLanguage } from './detect-language.js';
import { findFacts } from './find-facts.js';
import { findHyphenated } from './hyphenated-words.js';
import type { Language } from './languages/language.js';
import { languages } from './languages/languages.js';
import { type Hit, rankSections } from './rank-sections.js';
import { type QuestionTerm, readQuestion } from './read-question.js';
import { toTerm, toTerms } from './to-terms.js';
import { createVocabulary } from './vocabulary.js';

export interface SearchIndex extends PageSearch {
  /** The language of most pages. */
  readonly language: Language | undefined;
  /** The languages that the site is written in, and not single pages of it. */
  readonly languages: readonly Language[];
  /** The pages in one of these languages, and the others apart. */
  divide(language: Language): DividedSearch | undefined;
}

/** A site that says the same in several languages is several sites. */
export interface DividedSearch {
  /** Pages in the language, and in none that is known. */
  own: PageSearch;
  /** Finds names only: an ordinary word means something else there. */
  others: PageSearch;
  isOwn(document: SiteDocument): boolean;
}

/** Finds what pages have for a question. */
export interface PageSearch {
  readQuestion(question: string, language: Language | undefined): QuestionTerm[];
  /** Gives the best hits, best first. */
  search(terms: readonly QuestionTerm[]): Hit[];
  /** The language of its page, where that is known. */
  languageOf(section: Section): Language | undefined;
  /** Tells the terms of a text of the content, for finding a question's words in it. */
  toTerms(text: string, section: Section): string[];
}

const boost = { heading: 3, title: 2, trail: 1.5, text: 1, code: 0.5 };
type Field = keyof typeof boost;
const fields = Object.keys(boost) as Field[];
type SectionRecord = Record<Field, string> & { id: number };

/** "In 24 hours" is not about hours. */
const amount = /\d+\s+\p{L}+/gu;

/** Indexes the sections of a site, each in the language of its page, in steps. */
export function* indexSections(sections: readonly Section[]): Generator<void, SearchIndex> {
  const byPage = yield* detectPages(sections);
  const pageLanguages = [...byPage.values()];
  const contentLanguages = [...new Set(pageLanguages)];
  const index = new MiniSearch<SectionRecord>({ fields, tokenize: splitTerms, processTerm: (term) => term });
  const counts = new Map<string, number>();
  const inHeadings = new Set<string>();
  const withHyphen = new Map<string, string>();
  for (const [id, section] of sections.entries()) {
    const language = byPage.get(section.document.path);
    const record = toRecord(section, id, language);
    index.add(record);
    for (const term of new Set(fields.flatMap((field) => splitTerms(record[field]))))
      counts.set(term, (counts.get(term) ?? 0) + 1);
    for (const heading of [section.heading, section.document.title])
      for (const term of toTerms(heading.replace(amount, ''), language)) inHeadings.add(term);
    for (const [term, word] of findHyphenated(toText(section), language)) withHyphen.set(term, word);
    yield;
  }
  const vocabulary = createVocabulary(counts, sections.length);
  const ofName = readSiteName(sections, byPage);
  const toSearch = (isIncluded: (document: SiteDocument) => boolean, isForeign = false): PageSearch => ({
    readQuestion(question, language) {
      const known = isForeign ? contentLanguages.filter((one) => one !== language) : contentLanguages;
      return readQuestion(question, {
        language,
        contentLanguages: known,
        vocabulary,
        withHyphen,
        ofName,
        isForeign,
        inHeadings,
      });
    },
    search: (terms) =>
      rankSections(terms, (variants, isWanted) =>
        index
          .search([...variants.keys()].join(' '), {
            boost,
            boostTerm: (term) => variants.get(term) ?? 1,
            filter: ({ id }) => isIncluded((sections[id] as Section).document) && isWanted(sections[id] as Section),
          })
          .map(({ id, score, match }) => ({ section: sections[id] as Section, score, fields: match })),
      ),
    languageOf: ({ document }) => byPage.get(document.path),
    toTerms: (text, section) => toFoundTerms(text, byPage.get(section.document.path)),
  });
  const languages = findLanguages(pageLanguages);
  return {
    ...toSearch(() => true),
    language: findCommonest(pageLanguages),
    languages,
    divide(language) {
      if (languages.length < 2 || !languages.includes(language)) return undefined;
      const isOwn = ({ path }: SiteDocument): boolean => (byPage.get(path) ?? language) === language;
      return { own: toSearch(isOwn), others: toSearch((document) => !isOwn(document), true), isOwn };
    },
  };
}

/** One with half as many pages as the one with most is no exception. */
function findLanguages(ofPages: readonly (Language | undefined)[]): Language[] {
  const counts = [...Map.groupBy(ofPages, (language) => language)].flatMap(([language, pages]): [Language, number][] =>
    language ? [[language, pages.length]] : [],
  );
  const most = Math.max(...counts.map(([, count]) => count));
  return counts.filter(([, count]) => count * 2 >= most).map(([language]) => language);
}

function readSiteName(
  sections: readonly Section[],
  byPage: ReadonlyMap<string, Language | undefined>,
): ReadonlySet<string> {
  const start = findStartPage({ documents: sections.map(({ document }) => document) });
  return new Set(start === undefined ? [] : toTerms(start.title, byPage.get(start.path)));
}

function toText({ heading, blocks }: Section): string {
  return [heading, ...blocks.map(({ text }) => text)].join('\n');
}

/** What a text says, and what it has without saying so. */
function toFoundTerms(text: string, language: Language | undefined): string[] {
  return [...toTerms(text, language), ...findFacts(text, language).map((word) => toTerm(word, language))];
}

function splitTerms(text: string): string[] {
  return text === '' ? [] : text.split(' ');
}

function* detectPages(sections: readonly Section[]): Generator<void, Map<string, Language | undefined>> {
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
    yield;
  }
  return byPage;
}

function toRecord(section: Section, id: number, language: Language | undefined): SectionRecord {
  const { document, blocks, heading, trail } = section;
  const toField = (texts: readonly string[]): string => toTerms(texts.join('\n'), language).join(' ');
  const ofKind = (isCode: boolean): string[] =>
    blocks.filter(({ kind }) => (kind === 'code') === isCode).map(({ text }) => text);
  const isTop = heading === document.title;
  return {
    id,
    heading: toField([heading]),
    title: toField([document.title]),
    trail: toField([...trail, ...(isTop ? [document.description ?? ''] : []), document.path.replace(/\.\w+$/, '')]),
    text: toFoundTerms(ofKind(false).join('\n'), language).join(' '),
    code: toField(ofKind(true)),
  };
}

function findCommonest(all: readonly (Language | undefined)[]): Language | undefined {
  const [commonest] = [...Map.groupBy(all, (language) => language)].sort(([, a], [, b]) => b.length - a.length);
  return commonest?.[0];
}
