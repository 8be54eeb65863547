import type { ChatMessage } from '@nova-chat/client/protocol';
import { createLinkResolver } from '../../content/create-link-resolver.js';
import type { SiteContent } from '../../content/site-content.js';
import { type Section, splitSections } from '../../content/split-sections.js';
import { toNearestFirst } from '../../content/to-nearest-first.js';
import { choosePartPassages, choosePassages } from './choose-passages.js';
import { type AnswerPart, composeAnswer, composeTopics, type Topic, toCitationTitle } from './compose-answer.js';
import { countFunctionWords, detectLanguage, guessLanguage } from './detect-language.js';
import { type Finding, findAnswer, findPartAnswers } from './find-answer.js';
import { english } from './languages/english.js';
import type { Language, Sentences } from './languages/language.js';
import type { Hit } from './rank-sections.js';
import { readMessageText } from './read-message-text.js';
import { readSmallTalk } from './read-small-talk.js';
import { type ResolvedQuestion, resolveFollowUp } from './resolve-follow-up.js';
import { indexSections, type PageSearch, type SearchIndex } from './search-index.js';
import { finishAtOnce, finishInTurns } from './take-turns.js';

/** Answers the last message of a conversation. */
export type Answerer = (messages: readonly ChatMessage[]) => AnswerPart[];

const maxTopics = 6;
const maxClosest = 3;
/** A question is short; what is longer would only take time from the other visitors. */
const maxQuestionChars = 1_000;
const maxTurns = 12;

/** Indexes the content and makes what answers from it: small talk, quoted passages, or an honest "not found". */
export function createAnswerer(content: SiteContent): Answerer {
  return finishAtOnce(indexContent(content));
}

/** Does the same in turns with the requests that come meanwhile. */
export function prepareAnswerer(content: SiteContent): Promise<Answerer> {
  return finishInTurns(indexContent(content));
}

function* indexContent(content: SiteContent): Generator<void, Answerer> {
  const resolverOf = createLinkResolver(content);
  const sections: Section[] = [];
  for (const document of content.documents) {
    for (const section of splitSections(document, resolverOf(document))) sections.push(section);
    yield;
  }
  const index = yield* indexSections(sections);
  const allTopics = listTopics(content.documents);
  const byLanguage = new Map(
    index.languages.map((language) => {
      const divided = index.divide(language);
      return [language, divided && { ...divided, topics: listTopics(content.documents.filter(divided.isOwn)) }];
    }),
  );
  return (messages) => {
    const [question = '', ...before] = messages
      .filter(({ role }) => role === 'user')
      .slice(-maxTurns)
      .map((message) => readMessageText(message).slice(0, maxQuestionChars))
      .reverse();
    const said = readSmallTalk(question);
    const language = chooseLanguage([said.question, ...before], said.language, index);
    const { sentences } = language ?? english;
    const divided = language && byLanguage.get(language);
    const topics = divided?.topics ?? allTopics;
    if (said.question === '') {
      const kind = said.kind ?? 'greeting';
      return composeTopics(sentences[kind], kind === 'greeting' || kind === 'abilities' ? topics : []);
    }
    const resolved = resolveFollowUp(said.question, before.toReversed(), language);
    const apart = divided && isSurely(language, [said.question, ...before], index) ? divided : undefined;
    const own = apart?.own ?? index;
    if (resolved.kind === 'more') return answerMore(resolved, { index: own, language, messages, sentences });
    const finding = findAnswer(resolved, own, language);
    const passages = choosePassages(finding, own);
    if (passages.length > 0) return composeAnswer(passages);
    const parts = findPartAnswers(resolved.question, own, language);
    if (parts.length > 0) return composeAnswer(choosePartPassages(parts, own));
    const elsewhere = apart ? choosePassages(findAnswer(resolved, apart.others, language), apart.others) : [];
    if (elsewhere.length > 0) return composeAnswer(elsewhere);
    return refuse(finding, sentences, topics);
  };
}

/** One function word may be a name, or a word of another language. */
function isSurely(language: Language, questions: readonly string[], { languages }: SearchIndex): boolean {
  const isWordOfIts = guessLanguage(questions[0] ?? '', languages) === language;
  return isWordOfIts || countFunctionWords(questions.join('\n'), language) >= 2;
}

/** The language of the question, or of an earlier one when it is too short to tell, or of the content. */
function chooseLanguage(
  questions: readonly string[],
  greeted: Language | undefined,
  index: SearchIndex,
): Language | undefined {
  for (const question of questions) {
    const language = detectLanguage(question);
    if (language) return language;
  }
  return greeted ?? guessLanguage(questions[0] ?? '', index.languages) ?? index.language;
}

interface MoreContext {
  index: PageSearch;
  language: Language | undefined;
  messages: readonly ChatMessage[];
  sentences: Sentences;
}

/** Answers the question before once more, without what was quoted already. */
function answerMore(
  { subjects }: ResolvedQuestion,
  { index, language, messages, sentences }: MoreContext,
): AnswerPart[] {
  const before = subjects.map(({ question }) => question).join('\n');
  const finding = findAnswer({ kind: 'standalone', question: before, subjects: [] }, index, language);
  const quoted = messages
    .filter(({ role }) => role === 'assistant')
    .map(readMessageText)
    .join('\n');
  const answers = finding.answers.filter(
    ({ section }) => !section.blocks.some(({ markdown }) => quoted.includes(markdown)),
  );
  const passages = choosePassages({ ...finding, answers, others: [] }, index);
  if (passages.length > 0) return composeAnswer(passages);
  return composeTopics(`${sentences.nothingMore} ${sentences.closest}`, toTopics(finding.others));
}

function refuse({ others }: Finding, sentences: Sentences, topics: readonly Topic[]): AnswerPart[] {
  const closest = toTopics(others);
  if (closest.length > 0) return composeTopics(`${sentences.unknown} ${sentences.closest}`, closest);
  return composeTopics(`${sentences.unknown} ${sentences.topics}`, topics);
}

/** The best section of each of the closest pages. */
function toTopics(hits: readonly Hit[]): Topic[] {
  const pages = new Map<string, Topic>();
  for (const { section } of hits) {
    if (!pages.has(section.document.url))
      pages.set(section.document.url, { title: toCitationTitle(section), url: section.url });
  }
  return [...pages.values()].slice(0, maxClosest);
}

/** Names what a site is about. */
function listTopics(documents: SiteContent['documents']): Topic[] {
  return toNearestFirst(documents)
    .slice(0, maxTopics)
    .map(({ title, url }) => ({ title, url }));
}
