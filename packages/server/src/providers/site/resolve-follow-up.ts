import { isWeakWord } from './is-weak-word.js';
import type { Language } from './languages/language.js';
import { readSmallTalk } from './read-small-talk.js';
import { toWords } from './to-words.js';

/** An earlier question, and how much of the present one's topic it may tell. */
export interface Subject {
  question: string;
  weight: number;
}

/** What a question means in its conversation. */
export interface ResolvedQuestion {
  /**
   * `standalone` has its own topic, `follow-up` takes it from the turns before, `short` may do either, `more` asks for
   * more on the question before.
   */
  kind: 'standalone' | 'follow-up' | 'short' | 'more';
  question: string;
  /** The questions that tell what "it" is, nearest first; empty for a `standalone` one. */
  subjects: readonly Subject[];
}

const maxTurns = 5;
const subjectWeight = 0.5;

/** Finds what a question goes on from, by its words and by the visitor's earlier questions, oldest first. */
export function resolveFollowUp(
  question: string,
  earlier: readonly string[],
  language: Language | undefined,
): ResolvedQuestion {
  const subjects = findSubjects(earlier, language);
  const kind = subjects.length === 0 ? 'standalone' : readKind(question, language);
  return { kind, question, subjects: kind === 'standalone' ? [] : subjects };
}

function readKind(question: string, language: Language | undefined): ResolvedQuestion['kind'] {
  const text = question.toLowerCase().trim();
  if (language?.more.test(text)) return 'more';
  if (language?.continuation.test(text) || refersBack(text, language)) return 'follow-up';
  return countTopicWords(text, language) < 2 ? 'short' : 'standalone';
}

/**
 * Goes back to the last question that stands alone. One that only points back ("how much is it?") names no topic; one
 * that goes on with a topic of its own ("and in blue?") adds to the one before it.
 */
function findSubjects(earlier: readonly string[], language: Language | undefined): Subject[] {
  const questions = earlier
    .map((message) => readSmallTalk(message).question)
    .filter((question) => countTopicWords(question, language) > 0)
    .slice(-maxTurns)
    .reverse();
  const subjects: Subject[] = [];
  let weight = subjectWeight;
  for (const [at, question] of questions.entries()) {
    const isFirst = at === questions.length - 1;
    if (refersBack(question, language) && subjects.length === 0 && !isFirst) continue;
    subjects.push({ question, weight });
    if (!language?.continuation.test(question.toLowerCase())) break;
    weight /= 2;
  }
  return subjects;
}

function refersBack(text: string, language: Language | undefined): boolean {
  return toWords(text).some((word) => language?.backReferences.has(word));
}

function countTopicWords(text: string, language: Language | undefined): number {
  return toWords(text).filter((word) => !language?.stopWords.has(word) && !isWeakWord(word, language)).length;
}
