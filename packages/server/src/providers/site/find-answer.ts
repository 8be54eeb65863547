import type { Language } from './languages/language.js';
import { measureCoverage } from './measure-coverage.js';
import type { Hit } from './rank-sections.js';
import type { QuestionTerm } from './read-question.js';
import type { ResolvedQuestion } from './resolve-follow-up.js';
import type { PageSearch } from './search-index.js';

/** What the content has for a question, each best first. */
export interface Finding {
  terms: readonly QuestionTerm[];
  /** Sections that answer it. */
  answers: readonly Hit[];
  /** Sections that only share words with it. */
  others: readonly Hit[];
  /** Whether it joins several questions, as with "and"; each may have its own section. */
  asksSeveral: boolean;
}

/**
 * The share of a question that its best section has to cover. Below a half the section is about something else that
 * shares a word: "the capital of France" meets a page on shipping to France in one of two rare words, and a word that
 * stands nowhere weighs the most.
 */
const minConfidence = 0.5;
/** Words in a heading tell what a section is about, so they make up for words that a visitor puts differently. */
const headingBonus = 0.25;

/** A part of a question that is looked up by itself has to have a topic of its own. */
const minTellingTerms = 2;

/** Searches the content for a question, alone or with the topic of the turns before. */
export function findAnswer(resolved: ResolvedQuestion, index: PageSearch, language: Language | undefined): Finding {
  return { ...findInTurns(resolved, index, language), asksSeveral: splitQuestion(resolved.question).length > 1 };
}

function findInTurns(resolved: ResolvedQuestion, index: PageSearch, language: Language | undefined): Finding {
  const own = index.readQuestion(resolved.question, language);
  const alone = search(own, [], index);
  const subject = readSubject(resolved, own, (question) => index.readQuestion(question, language));
  const isFollowUp = resolved.kind === 'follow-up';
  const hasOwnTopic = countTelling(own) >= (isFollowUp ? minTellingTerms : 1);
  // What the content does not know cannot be what "it" is.
  if (subject.length === 0 || !isAnswered(search(subject, [], index)))
    return isFollowUp && !hasOwnTopic ? withoutAnswer(alone) : alone;
  if (resolved.kind === 'short' && isAnswered(alone)) return alone;
  const together = search(own, subject, index);
  if (isAnswered(together)) return together;
  return hasOwnTopic && isAnswered(alone) ? alone : withoutAnswer(together);
}

/** Finds the parts of a question that are answered, for one that asks several things at once. */
export function findPartAnswers(question: string, index: PageSearch, language: Language | undefined): Finding[] {
  const parts = splitQuestion(question);
  if (parts.length < 2) return [];
  return parts
    .map((part) => index.readQuestion(part, language))
    .filter((terms) => countTelling(terms) >= minTellingTerms)
    .map((terms) => search(terms, [], index))
    .filter(isAnswered);
}

function splitQuestion(question: string): string[] {
  return question.trim().split(/[.?!;]\s+|,?\s+(?:and|und|et|y)\s+/iu);
}

function readSubject(
  { subjects }: ResolvedQuestion,
  own: readonly QuestionTerm[],
  read: (question: string) => QuestionTerm[],
): QuestionTerm[] {
  const words = new Set(own.map(({ word }) => word));
  const terms: QuestionTerm[] = [];
  for (const { question, weight } of subjects) {
    for (const term of read(question)) {
      if (words.has(term.word)) continue;
      words.add(term.word);
      terms.push({ ...term, weight: term.weight * weight });
    }
  }
  return terms;
}

function countTelling(terms: readonly QuestionTerm[]): number {
  return terms.filter(({ isWeak }) => !isWeak).length;
}

function search(own: readonly QuestionTerm[], subject: readonly QuestionTerm[], index: PageSearch): Finding {
  const terms = [...own, ...subject];
  const isCovered = (asked: readonly QuestionTerm[], { shares, named }: Hit): boolean =>
    measureCoverage(asked, shares) + headingBonus * measureCoverage(asked, named) >= minConfidence;
  const hits = index.search(terms);
  // What is asked now has to be there, however well a section fits the topic of before.
  // Words of nearly every question stand everywhere; alone they tell a topic only where a heading has them.
  const isOnTopic = ({ named }: Hit): boolean => countTelling(terms) > 0 || named.includes(1);
  const answers = hits.filter(
    (hit) => isOnTopic(hit) && isCovered(terms, hit) && (countTelling(own) === 0 || isCovered(own, hit)),
  );
  return { terms, answers, others: hits.filter((hit) => !answers.includes(hit)), asksSeveral: false };
}

function isAnswered({ answers }: Finding): boolean {
  return answers.length > 0;
}

function withoutAnswer(finding: Finding): Finding {
  return { ...finding, answers: [], others: [...finding.answers, ...finding.others] };
}
