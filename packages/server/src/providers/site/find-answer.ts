import type { Language } from './languages/language.js';
import { measureCoverage } from './measure-coverage.js';
import type { Hit } from './rank-sections.js';
import type { QuestionTerm } from './read-question.js';
import type { ResolvedQuestion } from './resolve-follow-up.js';
import type { PageSearch } from './search-index.js';
import { toWords } from './to-words.js';

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

const minHeadingWords = 3;

/** A synonym says about as much as the word. */
const closeEnough = 0.8;

/** A part of a question that is looked up by itself has to have a topic of its own. */
const minTellingTerms = 2;

/** Searches the content for a question, alone or with the topic of the turns before. */
export function findAnswer(resolved: ResolvedQuestion, index: PageSearch, language: Language | undefined): Finding {
  const finding = findInTurns(resolved, index, language);
  const asked = findAsked(resolved.question, finding);
  if (asked.length > 0) return { ...finding, answers: asked };
  return { ...finding, asksSeveral: splitQuestion(resolved.question).length > 1 };
}

/** A question that is a heading, as those of a FAQ are, is answered below it. A word or two may be many things. */
function findAsked(question: string, { answers, others }: Finding): Hit[] {
  const words = toWords(question);
  if (words.length < minHeadingWords) return [];
  const asked = words.join(' ');
  return [...answers, ...others].filter(({ section }) => toWords(section.heading).join(' ') === asked);
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
  const together = search(own, subject, index);
  if (resolved.kind === 'short' && isAnswered(alone) && !isAsGood(together, alone, own)) return alone;
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
  const isOnTopic = ({ named }: Hit): boolean => countTelling(terms) > 0 || named.some((share) => share >= closeEnough);
  const answers = hits.filter(
    (hit) => isOnTopic(hit) && isCovered(terms, hit) && (countTelling(own) === 0 || isCovered(own, hit)),
  );
  return { terms, answers, others: hits.filter((hit) => !answers.includes(hit)), asksSeveral: false };
}

/** "Price?" after a lamp asks for that of the lamp, and "returns?" for something else. */
function isAsGood(together: Finding, alone: Finding, own: readonly QuestionTerm[]): boolean {
  const cover = ({ answers }: Finding): number => measureCoverage(own, answers[0]?.shares ?? []);
  return cover(together) >= cover(alone) * closeEnough;
}

function isAnswered({ answers }: Finding): boolean {
  return answers.length > 0;
}

function withoutAnswer(finding: Finding): Finding {
  return { ...finding, answers: [], others: [...finding.answers, ...finding.others] };
}
