import type { Language } from './languages/language.js';
import { measureCoverage } from './measure-coverage.js';
import type { Hit } from './rank-sections.js';
import type { QuestionTerm } from './read-question.js';
import type { ResolvedQuestion } from './resolve-follow-up.js';
import type { SearchIndex } from './search-index.js';

/** What the content has for a question. */
export interface Finding {
  terms: readonly QuestionTerm[];
  /** Best first; the sections to quote when `answered`, else the closest ones. */
  hits: readonly Hit[];
  answered: boolean;
}

/**
 * The share of a question that its best section has to cover. Below a half the section is about something else that
 * shares a word: "the capital of France" meets a page on shipping to France in one of two rare words, and a word that
 * stands nowhere weighs the most.
 */
const minConfidence = 0.5;
/** Words in a heading tell what a section is about, so they make up for words that a visitor puts differently. */
const headingBonus = 0.25;

/** Searches the content for a question, alone or with the topic of the turns before, and says whether it is answered. */
export function findAnswer(resolved: ResolvedQuestion, index: SearchIndex, language: Language | undefined): Finding {
  const own = index.readQuestion(resolved.question, language);
  const alone = search(own, [], index);
  if (resolved.subjects.length === 0) return alone;
  const words = new Set(own.map(({ word }) => word));
  const subject = resolved.subjects
    .flatMap(({ question, weight }) =>
      index.readQuestion(question, language).map((term) => ({ ...term, weight: term.weight * weight })),
    )
    .filter(({ word }) => !words.has(word));
  const together = search(own, subject, index);
  const isOwnTopic = own.filter(({ isWeak }) => !isWeak).length > (resolved.kind === 'follow-up' ? 1 : 0);
  const preferred = resolved.kind === 'short' && alone.answered ? [alone, together] : [together, alone];
  return preferred.find((one) => one.answered && (one !== alone || isOwnTopic)) ?? { ...together, answered: false };
}

function search(own: readonly QuestionTerm[], subject: readonly QuestionTerm[], index: SearchIndex): Finding {
  const terms = [...own, ...subject];
  const hits = index.search(terms);
  const isAnswered = (asked: readonly QuestionTerm[], { shares, named }: Hit): boolean =>
    measureCoverage(asked, shares) + headingBonus * measureCoverage(asked, named) >= minConfidence;
  // What is asked now has to be there, however well a section fits the topic of before.
  const answering = hits.filter(
    (hit) => isAnswered(terms, hit) && (!own.some(({ isWeak }) => !isWeak) || isAnswered(own, hit)),
  );
  return answering.length > 0 ? { terms, hits: answering, answered: true } : { terms, hits, answered: false };
}
