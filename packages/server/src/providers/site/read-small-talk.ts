import type { Language } from './languages/language.js';
import { languages } from './languages/languages.js';

export type SmallTalk = 'greeting' | 'thanks' | 'farewell' | 'abilities';

/** A message without its courtesies. */
export interface SmallTalkReading {
  /** What the message is when nothing is left of it. */
  kind?: SmallTalk;
  language?: Language;
  /** The question that follows the courtesies; empty when there is none. */
  question: string;
}

const kinds = ['abilities', 'farewell', 'greeting', 'thanks'] as const;

/** Takes greetings, thanks and the like from the start of a message. */
export function readSmallTalk(message: string): SmallTalkReading {
  let question = trimPunctuation(message);
  let first: { kind: SmallTalk; language: Language } | undefined;
  for (let taken = takeOne(question); taken !== undefined; taken = takeOne(question)) {
    first = first === undefined || taken.kind === 'abilities' ? taken : first;
    question = taken.rest;
  }
  return { ...first, question };
}

function takeOne(text: string): { kind: SmallTalk; language: Language; rest: string } | undefined {
  const lower = text.toLowerCase();
  for (const language of languages) {
    for (const kind of kinds) {
      const found = language.smallTalk[kind].exec(lower)?.[0];
      if (found) return { kind, language, rest: trimPunctuation(text.slice(found.length)) };
    }
  }
  return undefined;
}

function trimPunctuation(text: string): string {
  return text.replace(/^[\s,.!;:–—-]+/, '').trimEnd();
}
